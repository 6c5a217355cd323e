package dev.daybook.snapshot.internal;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;

import dev.daybook.internal.sql.Row;
import dev.daybook.payload.internal.Payload;
import java.time.Instant;
import java.util.List;
import org.jooq.Field;

/** A row of the snapshots table. */
final class SnapshotRows {

  /** What to select for {@link #read}. */
  static final List<Field<?>> COLUMNS =
      List.of(
          SNAPSHOTS.SEQ,
          SNAPSHOTS.SCHEMA_VERSION,
          SNAPSHOTS.CODEC,
          SNAPSHOTS.COMPRESSION,
          SNAPSHOTS.KEY_ID,
          SNAPSHOTS.TS,
          SNAPSHOTS.STATE);

  /** A snapshot as it is stored. */
  record Stored(long seq, int schemaVersion, String codec, Instant time, Payload payload) {}

  private SnapshotRows() {}

  static Stored read(Row row) {
    return new Stored(
        row.number(1),
        (int) row.number(2),
        row.text(3),
        Instant.ofEpochMilli(row.number(6)),
        new Payload(row.bytes(7), row.optionalText(4), row.optionalText(5)));
  }
}
