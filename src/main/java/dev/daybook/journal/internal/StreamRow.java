package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.STREAMS;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Row;
import dev.daybook.internal.sql.Session;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamStateException;
import dev.daybook.journal.StreamTombstonedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A row of the streams table, and what a stream in its state takes.
 *
 * @param streamId the stream
 * @param lastSeq its high-water mark
 * @param deletedTo the highest sequence number deleted so far
 * @param state never {@link StreamState#UNKNOWN}
 * @param reason why it was tombstoned; of an archived stream, {@link #MOVED} or who is moving it
 * @param changedAt when its state was last changed, if it ever was
 */
public record StreamRow(
    String streamId,
    long lastSeq,
    long deletedTo,
    StreamState state,
    @Nullable String reason,
    @Nullable Instant changedAt) {

  /** The reason of an archived stream whose events are in another store. */
  public static final String MOVED = "moved";

  /** What to select for {@link #read}. */
  public static final List<Field<?>> COLUMNS =
      List.of(
          STREAMS.STREAM_ID,
          STREAMS.LAST_SEQ,
          STREAMS.DELETED_TO,
          STREAMS.STATE,
          STREAMS.REASON,
          STREAMS.CHANGED_AT);

  public static StreamRow read(Row row) {
    StreamState state = StreamState.valueOf(row.text(4));
    return new StreamRow(
        row.text(1),
        row.number(2),
        row.number(3),
        state,
        row.optionalText(5),
        Optional.ofNullable(row.optionalNumber(6)).map(Instant::ofEpochMilli).orElse(null));
  }

  /**
   * The row of a stream.
   *
   * @param query selects {@link #COLUMNS} by {@link JournalStatements#STREAM_ID}
   */
  static Optional<StreamRow> find(Session session, Rendered query, String streamId) {
    try (Prepared prepared = session.prepare(query)) {
      return prepared.set(JournalStatements.STREAM_ID, streamId).first(StreamRow::read);
    }
  }

  /** Whether it is archived and its events are in another store. */
  public boolean moved() {
    return state == StreamState.ARCHIVED && MOVED.equals(reason);
  }

  /** Refuses a stream that can't be written. */
  public void requireWritable() {
    if (state != StreamState.ACTIVE) {
      throw refusal();
    }
  }

  /** Refuses a stream that can't be read. */
  public void requireReadable() {
    if (state != StreamState.ACTIVE && (state != StreamState.ARCHIVED || moved())) {
      throw refusal();
    }
  }

  /** Says why a stream that is not active is refused. */
  public StreamStateException refusal() {
    Instant since = changedAt == null ? Instant.EPOCH : changedAt;
    return switch (state) {
      case ARCHIVED -> new StreamArchivedException(streamId, since, moved());
      case TOMBSTONED ->
          new StreamTombstonedException(streamId, reason == null ? "no reason" : reason, since);
      case DELETED -> new StreamDeletedException(streamId, since);
      case ACTIVE, UNKNOWN -> throw new IllegalStateException(this + " is not refused");
    };
  }
}
