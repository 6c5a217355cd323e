package dev.daybook.maintenance.internal;

import dev.daybook.DamagedRowException;
import dev.daybook.internal.sql.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshots against their streams, and whether they can be read. */
final class SnapshotCheck {

  private static final int LAST_SEQ = SnapshotRows.CHECKED_COLUMNS.size() + 1;

  private final Walk walk;
  private final VerifyStatements sql;

  /**
   * A snapshot as it was read.
   *
   * @param lastSeq the high-water mark of its stream, 0 if there is none
   * @param stored the snapshot; {@code null} if its row can't be read
   * @param flaw why it can't be read, or how it differs from what was written
   */
  private record Read(
      String streamId,
      long seq,
      long lastSeq,
      SnapshotRows.@Nullable Stored stored,
      Optional<String> flaw) {

    static Read read(Row row) {
      String streamId = row.text(1);
      long seq = row.number(2);
      long lastSeq = row.numberOrZero(LAST_SEQ);
      try {
        SnapshotRows.Stored stored = SnapshotRows.read(row);
        return new Read(streamId, seq, lastSeq, stored, SnapshotRows.change(stored, row));
      } catch (DamagedRowException e) {
        return new Read(streamId, seq, lastSeq, null, Optional.of(String.valueOf(e.getMessage())));
      }
    }
  }

  SnapshotCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    walk.forEach(Step.SNAPSHOTS, sql.countSnapshots, sql.snapshots, Read::read, this::check);
  }

  /** Of what is wrong with a snapshot the first is told: the rest mostly comes of that. */
  private void check(Read read) {
    SnapshotRows.Stored stored = read.stored();
    Optional<String> unreadable = stored == null ? read.flaw() : unreadable(stored);
    if (read.seq() > read.lastSeq()) {
      add(
          Kind.SNAPSHOT_AHEAD,
          read,
          "is ahead of the stream, whose high-water mark is " + read.lastSeq());
    } else if (unreadable.isPresent()) {
      add(Kind.SNAPSHOT_UNREADABLE, read, "can't be read: " + unreadable.get());
    } else if (read.flaw().isPresent()) {
      add(Kind.SNAPSHOT_CHANGED, read, read.flaw().get());
    }
  }

  private Optional<String> unreadable(SnapshotRows.Stored stored) {
    PayloadCheck.Result result = PayloadCheck.of(stored.payload(), stored.codec(), stored.place());
    if (result.encrypted()) {
      walk.findings().leftUnopened();
    }
    return Optional.ofNullable(result.flaw());
  }

  private void add(Kind kind, Read read, String text) {
    walk.findings()
        .add(
            kind,
            read.streamId(),
            read.seq(),
            "snapshot %s of stream \"%s\" %s".formatted(read.seq(), read.streamId(), text));
  }
}
