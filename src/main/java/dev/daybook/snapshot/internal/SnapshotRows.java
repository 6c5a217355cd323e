package dev.daybook.snapshot.internal;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;

import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.sql.Row;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;

/** A row of the snapshots table. */
public final class SnapshotRows {

  /** What to select for {@link #read}. */
  static final List<Field<?>> COLUMNS =
      List.of(
          SNAPSHOTS.STREAM_ID,
          SNAPSHOTS.SEQ,
          SNAPSHOTS.SCHEMA_VERSION,
          SNAPSHOTS.CODEC,
          SNAPSHOTS.COMPRESSION,
          SNAPSHOTS.KEY_ID,
          SNAPSHOTS.TS,
          SNAPSHOTS.STATE);

  /** What to select for {@link #read} and {@link #change}. */
  public static final List<Field<?>> CHECKED_COLUMNS =
      Stream.concat(COLUMNS.stream(), Stream.of(SNAPSHOTS.CONTENT_CHECKSUM)).toList();

  private static final int CHECKSUM = CHECKED_COLUMNS.size();

  /** A snapshot as it is stored. */
  public record Stored(
      String streamId, long seq, int schemaVersion, String codec, Instant time, Payload payload) {

    public Place place() {
      return new Place(Place.Kind.SNAPSHOT, streamId, seq);
    }

    /** The checksum of what it says. */
    long checksum() {
      long content =
          new ContentChecksum()
              .text(streamId)
              .number(schemaVersion)
              .text(codec)
              .text(payload.compression())
              .text(payload.keyId())
              .number(time.toEpochMilli())
              .bytes(payload.bytes())
              .value();
      return content + seq;
    }
  }

  private SnapshotRows() {}

  public static Stored read(Row row) {
    return new Stored(
        row.text(1),
        row.number(2),
        (int) row.number(3),
        row.text(4),
        Instant.ofEpochMilli(row.number(7)),
        new Payload(row.bytes(8), row.optionalText(5), row.optionalText(6)));
  }

  /**
   * How the row of a snapshot differs from what was written, by its checksum; empty if it does not,
   * or has none.
   */
  public static Optional<String> change(Stored snapshot, Row row) {
    return ContentChecksum.difference(snapshot.checksum(), row.optionalNumber(CHECKSUM));
  }
}
