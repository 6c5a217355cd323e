package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Session;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferException.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a target may be written. One that has no mark must be empty; the mark is made in the
 * transaction that has found it so. One with a mark has rows that a copy has written, and perhaps
 * others. They are distinguished where it matters:
 *
 * <ul>
 *   <li>After a copy was complete the target may have been put to use. The mark then has a hash
 *       over all that was there; a single value that has changed since refuses the target.
 *   <li>Before that only a copy has a reason to write there. Other events are noticed, because they
 *       are after the mark or not the source's; other rows are made equal to the source's.
 * </ul>
 *
 * The target's newest event shows whether the copy was one of this source: it must be the source's
 * event at that position, or one that the source has deleted or moved since, and then the one
 * before it is checked. Two stores of which one is an older backup of the other have the same
 * events up to some position, and others after it, so that the newest is decisive. A target without
 * events must know no streams that the source doesn't know, and one without streams no such
 * documents.
 */
final class CopyPreflight {

  private static final long PAGE = 100;

  private record Outline(long position, String streamId, long seq, String type, long time) {}

  private final CopyStore source;
  private final CopyStore target;
  private final Clock clock;

  CopyPreflight(CopyStore source, CopyStore target, Clock clock) {
    this.source = source;
    this.target = target;
    this.clock = clock;
  }

  /** Lets a run begin, or refuses it before anything is written. */
  HeldMark run() {
    HeldMark.Seen ofSource = look(source);
    HeldMark.Seen seen = look(target);
    // Both are made by now: a store that is not made yet has no identity.
    if (source.database().isSameStore(target.database())) {
      throw StoreTransfer.sameStore();
    }
    if (ofSource != null && ofSource.hashOfComplete().isEmpty()) {
      throw new TransferException(
          Reason.SOURCE_UNFINISHED,
          "the source is itself an unfinished copy of another store; expected that copy to be finished first");
    }
    if (seen != null) {
      requireUnchanged(seen);
      requireThisSource(seen);
    }
    return target.write(session -> begin(session, seen));
  }

  private HeldMark begin(Session session, HeldMark.@Nullable Seen seen) {
    if (seen != null) {
      return HeldMark.take(target, session, clock, seen);
    }
    HeldMark mark = HeldMark.make(target, session, clock);
    requireEmpty(session);
    return mark;
  }

  private void requireEmpty(Session session) {
    for (StoredTable table : StoredTable.ALL) {
      if (hasRows(session, table)) {
        throw new TransferException(
            Reason.TARGET_NOT_EMPTY,
            "the target has rows in its table %s, and no copy has begun there; expected an empty store, or one that an earlier run has begun to fill"
                .formatted(table.table.getName()));
      }
    }
  }

  private boolean hasRows(Session session, StoredTable table) {
    try (Scan scan = target.scan(ReadScope.in(session), table)) {
      return scan.peek() != null;
    }
  }

  private void requireUnchanged(HeldMark.Seen seen) {
    Optional<String> before = seen.hashOfComplete();
    if (before.isPresent()) {
      String now = target.snapshot(session -> Contents.of(target, ReadScope.in(session))).hash();
      if (!now.equals(before.get())) {
        throw new TransferException(
            Reason.TARGET_CHANGED,
            "the target was complete, and has changed since; expected it as the copy has left it, because another run would undo the changes");
      }
    }
  }

  private void requireThisSource(HeldMark.Seen seen) {
    HeldMark.requireUntouched(target.read(target::highestEvent), seen.position());
    if (hasSourcesNewest()) {
      return;
    }
    if (!allKnown(StoredTable.STREAM_ROWS)) {
      allKnown(StoredTable.METAS);
    }
  }

  /** Whether there is an event that both have; fails at one that the source can't have had. */
  private boolean hasSourcesNewest() {
    long before = Long.MAX_VALUE;
    List<Outline> page = newest(before);
    while (!page.isEmpty()) {
      for (Outline ours : page) {
        if (source.read(session -> hasOrHad(session, ours))) {
          return true;
        }
        before = ours.position();
      }
      page = newest(before);
    }
    return false;
  }

  /** Whether the source has the event; fails unless it has it or may have had it. */
  private boolean hasOrHad(Session session, Outline ours) {
    try (Execution at = session.prepare(source.sql().outlineAt)) {
      Optional<Outline> there =
          at.set(TransferStatements.POSITION, ours.position()).first(CopyPreflight::outline);
      if (there.isPresent()) {
        if (!there.get().equals(ours)) {
          throw otherSource("event", ours.position() + "");
        }
        return true;
      }
    }
    if (!isElsewhere(session, ours) && deletedTo(session, ours.streamId()) < ours.seq()) {
      throw otherSource("event", ours.position() + "");
    }
    return false;
  }

  private boolean isElsewhere(Session session, Outline ours) {
    try (Execution of = session.prepare(source.sql().outlineOf)) {
      return of.set(TransferStatements.STREAM_ID, ours.streamId())
          .set(TransferStatements.SEQ, ours.seq())
          .first(row -> row.number(5) == ours.time() && row.text(4).equals(ours.type()))
          .orElse(false);
    }
  }

  private long deletedTo(Session session, String streamId) {
    try (Execution prepared = session.prepare(source.sql().deletedTo)) {
      return prepared
          .set(TransferStatements.STREAM_ID, streamId)
          .first(row -> row.number(1))
          .orElse(0L);
    }
  }

  private List<Outline> newest(long before) {
    return target.read(
        session -> {
          try (Execution prepared = session.prepare(target.sql().newest)) {
            return prepared
                .set(TransferStatements.POSITION, before)
                .set(TransferStatements.LIMIT, PAGE)
                .list(CopyPreflight::outline);
          }
        });
  }

  private static Outline outline(Row row) {
    return new Outline(row.number(1), row.text(2), row.number(3), row.text(4), row.number(5));
  }

  /** Whether there are rows, all of which the source knows by their keys; fails at another one. */
  private boolean allKnown(StoredTable table) {
    try (Scan here = target.scan(target::snapshot, table);
        Scan there = source.scan(source::snapshot, table)) {
      return allKnown(table, here, there);
    }
  }

  private static boolean allKnown(StoredTable table, Scan here, Scan there) {
    boolean any = false;
    for (List<@Nullable Object> row = here.poll(); row != null; row = here.poll()) {
      any = true;
      List<Object> key = table.key(row);
      List<@Nullable Object> next = there.peek();
      while (next != null && StoredTable.compare(table.key(next), key) < 0) {
        there.poll();
        next = there.peek();
      }
      if (next == null || !table.key(next).equals(key)) {
        throw otherSource(table == StoredTable.METAS ? "document" : "stream", key.get(0) + "");
      }
    }
    return any;
  }

  private static HeldMark.@Nullable Seen look(CopyStore side) {
    return side.read(session -> Optional.ofNullable(HeldMark.look(side, session))).orElse(null);
  }

  private static TransferException otherSource(String what, String which) {
    return new TransferException(
        Reason.OTHER_SOURCE,
        "the target has %s %s that the source has never had; expected a target that was begun by a copy of this source"
            .formatted(what, which));
  }
}
