package dev.daybook.transfer.internal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.BetweenStores;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One run of a copy: passes over the source until one finds nothing new, then a last one in one
 * state of the source, which is compared with the target.
 *
 * <p>A pass copies the events after the mark, and then goes through every other table of both
 * stores in the order of its key and makes the target's rows those of the source. So whatever an
 * interrupted run has left there, and whatever was changed, replaced or deleted in the source
 * meanwhile, the next pass brings it up to date. Events don't change: they are appended, which is
 * found after the mark, or deleted, which is found in their stream's row.
 */
public final class StoreTransfer {

  private static final int MOST_PASSES = 10;

  /** What is brought up to date after the events, in this order. */
  private static final List<Update> UPDATES =
      List.of(
          new Update(StoredTable.STREAM_ROWS, Step.STREAMS),
          new Update(StoredTable.SNAPSHOT_ROWS, Step.SNAPSHOTS),
          new Update(StoredTable.METAS, Step.DOCUMENTS),
          new Update(StoredTable.RECORDS, Step.DOCUMENTS),
          new Update(StoredTable.CHECKPOINT_ROWS, Step.CHECKPOINTS),
          new Update(StoredTable.DEAD_LETTER_ROWS, Step.CHECKPOINTS),
          new Update(StoredTable.BULK_LOADS, Step.CHECKPOINTS));

  private record Update(StoredTable table, Step step) {}

  private final CopyStore source;
  private final CopyStore target;
  private final TransferProgress progress;
  private final HeldMark mark;
  private final EventCopy events;
  private long copiedEvents;

  private record Behind(long events, long rows) {
    boolean isNothing() {
      return events == 0 && rows == 0;
    }
  }

  private StoreTransfer(
      CopyStore source, CopyStore target, TransferProgress progress, HeldMark mark) {
    this.source = source;
    this.target = target;
    this.progress = progress;
    this.mark = mark;
    this.events = new EventCopy(source, target, mark, progress);
  }

  /** Copies a store. */
  public static TransferReport run(
      CopyStore source, CopyStore target, TransferOptions options, Clock clock) {
    if (source == target) {
      throw sameStore();
    }
    HeldMark mark = new CopyPreflight(source, target, clock).run();
    options.progress().report(Step.TARGET, 1, 0);
    TransferReport report =
        Deadline.finish(new StoreTransfer(source, target, options.progress(), mark)::run);
    target.signal();
    return report;
  }

  static InvalidInputException sameStore() {
    return new InvalidInputException("a store can't be copied to itself; expected another target");
  }

  private TransferReport run() {
    if (!catchUp()) {
      Behind behind = behind();
      if (!behind.isNothing()) {
        return report(behind, Optional.empty());
      }
    }
    Comparison comparison =
        BetweenStores.run(source.database(), target.database(), this::comparePass);
    TransferReport report = report(behind(), Optional.of(comparison));
    if (report.isComplete()) {
      String hash = report.content().orElseThrow().hash();
      target.write(
          session -> {
            mark.close(session, hash);
            return hash;
          });
    }
    return report;
  }

  /** Whether a pass has found nothing new, and not ever as much again as the one before. */
  private boolean catchUp() {
    long before = Long.MAX_VALUE;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      long written = pass(source::snapshot, source.latestPosition());
      if (written == 0) {
        return true;
      }
      if (written > before / 2) {
        return false;
      }
      before = written;
    }
    return false;
  }

  private Comparison comparePass() {
    long upTo = source.latestPosition();
    return source.snapshot(
        session -> {
          ReadScope from = ReadScope.in(session);
          pass(from, upTo);
          long total = eventsBehind(session, Long.MIN_VALUE);
          return target.snapshot(
              there ->
                  Comparison.run(
                      source, from, target, ReadScope.in(there), mark.position(), total, progress));
        });
  }

  private long pass(ReadScope reading, long upTo) {
    long copied = events.run(reading, upTo);
    copiedEvents += copied;
    long written = copied;
    for (Update update : UPDATES) {
      written +=
          new RowSync(target, mark, update.table())
              .run(
                  differences(
                      reading, update.table(), rows -> progress.report(update.step(), rows, 0)));
    }
    return written;
  }

  private Differences differences(ReadScope reading, StoredTable table, LongConsumer looked) {
    return new Differences(
        table, source.scan(reading, table), target.scan(target::snapshot, table), looked);
  }

  /** What the source has now, and the target lacks or has otherwise. */
  private Behind behind() {
    long rows = 0;
    for (Update update : UPDATES) {
      rows += differences(source::snapshot, update.table(), looked -> {}).count();
    }
    return new Behind(source.read(session -> eventsBehind(session, mark.position())), rows);
  }

  private long eventsBehind(Session session, long position) {
    try (Execution prepared = session.prepare(source.sql().eventsBehind)) {
      return prepared
          .set(TransferStatements.POSITION, position)
          .first(row -> row.number(1))
          .orElse(0L);
    }
  }

  private TransferReport report(Behind behind, Optional<Comparison> comparison) {
    return new TransferReport.TransferReportValues(
        copiedEvents,
        mark.position(),
        behind.events(),
        behind.rows(),
        comparison.map(Comparison::content),
        comparison.map(Comparison::mismatches).orElse(List.of()),
        comparison.map(Comparison::count).orElse(0L));
  }
}
