package dev.daybook.maintenance.internal;

import dev.daybook.internal.sql.Row;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.Place;

/** Snapshots against their streams, and whether they can be read. */
final class SnapshotCheck {

  private final Walk walk;
  private final VerifyStatements sql;

  private record Stored(String streamId, long seq, String codec, long lastSeq, Payload payload) {

    static Stored read(Row row) {
      return new Stored(
          row.text(1),
          row.number(2),
          row.text(3),
          row.number(6),
          new Payload(row.bytes(7), row.optionalText(4), row.optionalText(5)));
    }
  }

  SnapshotCheck(Walk walk, VerifyStatements sql) {
    this.walk = walk;
    this.sql = sql;
  }

  void run() {
    walk.forEach(Step.SNAPSHOTS, sql.countSnapshots, sql.snapshots, Stored::read, this::check);
  }

  private void check(Stored snapshot) {
    if (snapshot.seq() > snapshot.lastSeq()) {
      add(
          Kind.SNAPSHOT_AHEAD,
          snapshot,
          "is ahead of the stream, whose high-water mark is " + snapshot.lastSeq());
    }
    Place place = new Place(Place.Kind.SNAPSHOT, snapshot.streamId(), snapshot.seq());
    PayloadCheck.Result result = PayloadCheck.of(snapshot.payload(), snapshot.codec(), place);
    if (result.encrypted()) {
      walk.findings().leftUnopened();
    }
    if (result.flaw() != null) {
      add(Kind.SNAPSHOT_UNREADABLE, snapshot, "can't be read: " + result.flaw());
    }
  }

  private void add(Kind kind, Stored snapshot, String text) {
    walk.findings()
        .add(
            kind,
            snapshot.streamId(),
            snapshot.seq(),
            "snapshot %s of stream \"%s\" %s".formatted(snapshot.seq(), snapshot.streamId(), text));
  }
}
