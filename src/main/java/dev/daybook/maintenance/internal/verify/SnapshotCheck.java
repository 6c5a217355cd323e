package dev.daybook.maintenance.internal.verify;

import dev.daybook.internal.statements.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.snapshot.internal.SnapshotRows;
import java.util.Optional;

/** Snapshots against their streams, and whether they can be read. */
final class SnapshotCheck {

  private static final int LAST_SEQ = SnapshotRows.COLUMNS.size() + 1;

  private final Walk walk;
  private final VerifyStatements sql;

  /**
   * A snapshot, and the high-water mark of its stream.
   *
   * @param lastSeq the high-water mark of the stream, 0 if it has no row
   */
  private record Read(SnapshotRows.Found found, long lastSeq) {

    static Read read(Row row) {
      return new Read(SnapshotRows.read(row), row.numberOrZero(LAST_SEQ));
    }
  }

  SnapshotCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    walk.forEach(Step.SNAPSHOTS, sql.countSnapshots, sql.snapshots, Read::read, this::check);
  }

  /** Only the first flaw of a snapshot is reported: the others mostly result from it. */
  private void check(Read read) {
    SnapshotRows.Found found = read.found();
    SnapshotRows.Stored stored = found.stored();
    Optional<String> unreadable = stored == null ? found.flaw() : unreadable(stored);
    if (unreadable.isPresent()) {
      add(Kind.SNAPSHOT_UNREADABLE, found, "can't be read: " + unreadable.get());
    } else if (found.seq() > read.lastSeq()) {
      add(
          Kind.SNAPSHOT_AHEAD,
          found,
          "is ahead of the stream, whose high-water mark is " + read.lastSeq());
    } else if (found.flaw().isPresent()) {
      add(Kind.SNAPSHOT_CHANGED, found, found.flaw().get());
    }
  }

  private Optional<String> unreadable(SnapshotRows.Stored stored) {
    PayloadCheck.Result result =
        PayloadCheck.of(stored.payload(), stored.codec(), stored.binding());
    if (result.encrypted()) {
      walk.findings().leftUnopened();
    }
    return Optional.ofNullable(result.flaw());
  }

  private void add(Kind kind, SnapshotRows.Found found, String text) {
    walk.findings()
        .add(
            kind,
            found.streamId(),
            found.seq(),
            "snapshot %s of stream \"%s\" %s".formatted(found.seq(), found.streamId(), text));
  }
}
