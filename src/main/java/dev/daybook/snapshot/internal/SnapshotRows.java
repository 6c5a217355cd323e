package dev.daybook.snapshot.internal;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;

import dev.daybook.error.DamagedRowException;
import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.statements.Row;
import dev.daybook.payload.internal.Payload;
import dev.daybook.payload.internal.PayloadBinding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A row of the snapshots table. */
public final class SnapshotRows {

  /** What to select for {@link #read}. */
  public static final List<Field<?>> COLUMNS =
      List.of(
          SNAPSHOTS.STREAM_ID,
          SNAPSHOTS.SEQ,
          SNAPSHOTS.SCHEMA_VERSION,
          SNAPSHOTS.CODEC,
          SNAPSHOTS.COMPRESSION,
          SNAPSHOTS.KEY_ID,
          SNAPSHOTS.TS,
          SNAPSHOTS.STATE,
          SNAPSHOTS.CONTENT_CHECKSUM,
          SNAPSHOTS.STATE_TYPE,
          SNAPSHOTS.SHAPE);

  /**
   * A row as it was found.
   *
   * @param seq the number of its snapshot, as far as it can be read
   * @param stored what it says; {@code null} if it can't be read
   * @param flaw why it can't be read, or how it differs from what was written
   */
  public record Found(String streamId, long seq, @Nullable Stored stored, Optional<String> flaw) {}

  /**
   * A snapshot as it is stored.
   *
   * @param stateType the stable name of its state's class; {@code null} if it was not kept yet
   * @param shape the fingerprint of that class; {@code null} if it was not kept yet
   */
  public record Stored(
      String streamId,
      long seq,
      int schemaVersion,
      String codec,
      Instant time,
      Payload payload,
      @Nullable String stateType,
      @Nullable String shape) {

    public PayloadBinding binding() {
      return new PayloadBinding(PayloadBinding.Kind.SNAPSHOT, streamId, seq);
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
              .text(stateType)
              .text(shape)
              .value();
      return content - seq;
    }
  }

  private SnapshotRows() {}

  public static Found read(Row row) {
    try {
      Stored stored = stored(row);
      return new Found(
          stored.streamId(),
          stored.seq(),
          stored,
          ContentChecksum.difference(stored.checksum(), row.optionalNumber(9)));
    } catch (DamagedRowException | ArithmeticException e) {
      return new Found(
          Objects.requireNonNullElse(row.optionalText(1), "?"),
          row.known(2),
          null,
          Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.text(1),
        row.number(2),
        Math.toIntExact(row.number(3)),
        row.text(4),
        Instant.ofEpochMilli(row.number(7)),
        new Payload(row.bytes(8), row.optionalText(5), row.optionalText(6)),
        row.optionalText(10),
        row.optionalText(11));
  }
}
