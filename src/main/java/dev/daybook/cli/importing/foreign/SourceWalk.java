package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.cli.importing.foreign.sources.SourceRow;
import dev.daybook.cli.importing.foreign.sources.SourceRows;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Meta;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a source has, and finds out what of it can be imported: of a stream the events
 * after those that were deleted, up to the first that is bad or missing, and the snapshots up to
 * there; of the documents those whose records are all good.
 */
final class SourceWalk {

  private final ForeignSource source;
  private final SortedMap<String, Long> givenMarks = new TreeMap<>(PrefixRange::compare);

  /**
   * @param givenMarks high-water marks of streams that have no events, by stream
   */
  SourceWalk(ForeignSource source, Map<String, Long> givenMarks) {
    this.source = source;
    this.givenMarks.putAll(givenMarks);
  }

  /**
   * Reads all.
   *
   * @throws InvalidInputException if a given high-water mark contradicts its stream
   */
  BadRows run(SourceVisitor visitor) {
    BadRows bad = new BadRows();
    streams(visitor, bad);
    checkpoints(visitor, bad);
    documents(visitor, bad);
    return bad;
  }

  /** Reads the streams. */
  void streams(SourceVisitor visitor, BadRows bad) {
    try (SourceRows<Long> marks = source.marks();
        SourceRows<SourceEvent> events = source.events(ForeignSource.Order.STREAMS);
        SourceRows<SnapshotRows.Stored> snapshots = source.snapshots();
        SourceRows<String> tombstones = source.tombstones()) {
      SortedMap<String, Long> given = new TreeMap<>(givenMarks);
      while (true) {
        String id = given.isEmpty() ? null : given.firstKey();
        id = tombstones.lowerId(snapshots.lowerId(events.lowerId(marks.lowerId(id))));
        if (id == null) {
          return;
        }
        new OneStream(id, given.remove(id), bad, visitor)
            .read(marks, events, snapshots, tombstones);
      }
    }
  }

  /** Reads the checkpoints. */
  void checkpoints(SourceVisitor visitor, BadRows bad) {
    try (SourceRows<Long> rows = source.checkpoints()) {
      for (SourceRow<Long> row = rows.poll(); row != null; row = rows.poll()) {
        if (row.isBad()) {
          bad.add(row, Objects.requireNonNull(row.flaw()));
        } else {
          visitor.checkpoint(row.id(), row.good());
        }
      }
    }
  }

  /** Reads the documents. */
  void documents(SourceVisitor visitor, BadRows bad) {
    try (SourceRows<Meta> metas = source.metas();
        SourceRows<DocumentRecord> records = source.records()) {
      for (String id = records.lowerId(metas.lowerId(null));
          id != null;
          id = records.lowerId(metas.lowerId(null))) {
        new OneDocument(id, bad, visitor).read(metas, records);
      }
    }
  }

  /** One stream of the source. */
  private static final class OneStream {

    private final String id;
    private final @Nullable Long given;
    private final BadRows bad;
    private final SourceVisitor visitor;
    private final Set<String> keys = new HashSet<>();

    private long deletedTo;
    private boolean hasLeftovers;
    private boolean hasBegun;
    private long first;
    private long last;
    private @Nullable SourceEvent before;

    /** Why the events that follow are not imported; empty if they are. */
    private String broken = "";

    OneStream(String id, @Nullable Long given, BadRows bad, SourceVisitor visitor) {
      this.id = id;
      this.given = given;
      this.bad = bad;
      this.visitor = visitor;
    }

    void read(
        SourceRows<Long> marks,
        SourceRows<SourceEvent> events,
        SourceRows<SnapshotRows.Stored> snapshots,
        SourceRows<String> tombstones) {
      for (SourceRow<Long> row = marks.pollOf(id); row != null; row = marks.pollOf(id)) {
        if (row.isBad()) {
          bad.add(row, Objects.requireNonNull(row.flaw()));
        } else {
          deletedTo = Math.max(deletedTo, row.good());
        }
      }
      last = deletedTo;
      for (SourceRow<SourceEvent> row = events.pollOf(id); row != null; row = events.pollOf(id)) {
        event(row);
      }
      requireGivenFits();
      for (SourceRow<SnapshotRows.Stored> row = snapshots.pollOf(id);
          row != null;
          row = snapshots.pollOf(id)) {
        snapshot(row);
      }
      if (!broken.isEmpty() || hasLeftovers) {
        bad.keepEvents(id, hasBegun && first > 0 ? first - 1 : last, last);
      }
      if (!hasBegun && last > 0) {
        begin(last);
      }
      for (SourceRow<String> row = tombstones.pollOf(id);
          row != null;
          row = tombstones.pollOf(id)) {
        tombstone(row);
      }
      if (hasBegun) {
        visitor.endStream(id, last);
      }
    }

    private void tombstone(SourceRow<String> row) {
      if (row.isBad()) {
        bad.add(row, Objects.requireNonNull(row.flaw()));
      } else if (hasBegun) {
        visitor.tombstone(id, row.good());
      } else {
        bad.add(row, "nothing of its stream is imported");
      }
    }

    private void begin(long before) {
      hasBegun = true;
      visitor.stream(id, before);
    }

    private void event(SourceRow<SourceEvent> row) {
      if (row.seq() >= 0 && row.seq() <= deletedTo) {
        hasLeftovers = true;
        return;
      }
      if (first > 0 && row.seq() >= first && row.seq() <= last) {
        bad.add(row, "an event before it has its number");
        bad.leaveOutEvent(row);
      } else if (!broken.isEmpty()) {
        bad.add(row, broken);
      } else if (row.isBad()) {
        bad.add(row, Objects.requireNonNull(row.flaw()));
        breakAt(row);
      } else {
        long next = first == 0 && deletedTo == 0 ? Math.max(1, row.seq()) : last + 1;
        if (isRepeated(row.good())) {
          bad.add(row, "its idempotency key is that of an earlier append to its stream");
          breakAt(row);
        } else if (row.seq() == next) {
          before = row.good();
          if (first == 0) {
            first = row.seq();
            begin(first - 1);
          }
          last = row.seq();
          visitor.event(row.good());
        } else {
          bad.add(row, "its number is not the next of its stream, which is " + next);
          breakAt(row);
        }
      }
    }

    /** An append under a key that its stream has seen would write nothing. */
    private boolean isRepeated(SourceEvent event) {
      return event.key() != null
          && !(before != null && event.continues(before))
          && !keys.add(event.key());
    }

    private void breakAt(SourceRow<?> row) {
      broken = "it comes after number %s, which is not imported".formatted(row.seq());
    }

    /** A mark that is higher than the last event would leave a gap. */
    private void requireGivenFits() {
      if (given == null) {
        return;
      }
      boolean fits = (first == 0 && broken.isEmpty()) ? given >= last : given == last;
      if (!fits) {
        throw new InvalidInputException(
            first == 0
                ? "--high-water-mark %s=%s: the stream's numbers were given up to %s; expected a number from there"
                    .formatted(id, given, last)
                : "--high-water-mark %s=%s: the stream has events up to %s, after which a gap would begin; expected a stream without events"
                    .formatted(id, given, last));
      }
      last = given;
    }

    private void snapshot(SourceRow<SnapshotRows.Stored> row) {
      if (row.isBad()) {
        bad.add(row, Objects.requireNonNull(row.flaw()));
      } else if (row.seq() < 1) {
        leaveOut(row, "its number is %s; expected 1 or more".formatted(row.seq()));
      } else if (row.seq() > last && (first > 0 || !broken.isEmpty())) {
        leaveOut(row, "its stream's events are imported up to %s only".formatted(last));
      } else {
        if (!hasBegun) {
          begin(Math.max(last, row.seq()));
        }
        last = Math.max(last, row.seq());
        visitor.snapshot(row.good());
      }
    }

    private void leaveOut(SourceRow<SnapshotRows.Stored> row, String reason) {
      bad.add(row, reason);
      bad.leaveOutSnapshot(row);
    }
  }

  /** One document of the source. */
  private static final class OneDocument {

    private final String id;
    private final BadRows bad;
    private final SourceVisitor visitor;
    private @Nullable Meta last;
    private boolean isGood = true;

    OneDocument(String id, BadRows bad, SourceVisitor visitor) {
      this.id = id;
      this.bad = bad;
      this.visitor = visitor;
    }

    void read(SourceRows<Meta> metas, SourceRows<DocumentRecord> records) {
      visitor.document(id);
      SourceRow<Meta> meta = metas.pollOf(id);
      if (meta != null && meta.isBad()) {
        refuse(meta, Objects.requireNonNull(meta.flaw()));
      }
      SourceRow<DocumentRecord> first = records.peek();
      if (meta == null && first != null) {
        refuse(first, "its document has no row in the table of metas");
      } else if (isGood && meta != null && !startsWithMeta(first)) {
        record(meta.good());
      }
      for (SourceRow<DocumentRecord> row = records.pollOf(id);
          row != null;
          row = records.pollOf(id)) {
        if (isGood) {
          record(row);
        }
      }
      if (isGood && meta != null && !isSame(meta.good(), Objects.requireNonNull(last))) {
        refuse(meta, "it says another meta than the document's last record of that kind");
      }
      if (!isGood) {
        bad.leaveOutDocument(id);
      }
      visitor.endDocument(id, isGood);
    }

    /** Records that replaced others may begin with an entry: the document keeps its meta. */
    private boolean startsWithMeta(@Nullable SourceRow<DocumentRecord> first) {
      return first != null
          && first.id().equals(id)
          && (first.isBad() || first.good() instanceof Meta);
    }

    private void record(SourceRow<DocumentRecord> row) {
      if (row.isBad()) {
        refuse(row, Objects.requireNonNull(row.flaw()));
      } else if (row.good() instanceof Meta next && last != null && !last.isCompatibleWith(next)) {
        refuse(row, "its replica type or sync mode is not that of its document");
      } else {
        record(row.good());
      }
    }

    private void record(DocumentRecord record) {
      if (record instanceof Meta meta) {
        last = meta;
      }
      visitor.record(record);
    }

    /** Only records know the delivery that an earlier one has named. */
    private static boolean isSame(Meta one, Meta other) {
      return one.replicaType().equals(other.replicaType())
          && one.schemaHash().equals(other.schemaHash())
          && one.syncMode().writerModel().equals(other.syncMode().writerModel())
          && one.syncMode().durability().equals(other.syncMode().durability());
    }

    private void refuse(SourceRow<?> row, String reason) {
      isGood = false;
      bad.add(row, reason);
    }
  }
}
