package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.left;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.daybook.error.DamagedRowException;
import dev.daybook.internal.rows.ContentChecksum;
import dev.daybook.internal.rows.HighWaterMark;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamStateException;
import dev.daybook.journal.StreamTombstonedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A row of the streams table, and what a stream in its state takes.
 *
 * @param streamId the stream
 * @param lastSeq its high-water mark
 * @param deletedTo the highest sequence number deleted so far
 * @param state never {@link StreamState#UNKNOWN}
 * @param reason why it was tombstoned; of an archived stream, {@link #moved(String)}, {@link
 *     #RETURNING} or the mark of a move in progress
 * @param changedAt when its state was last changed, if it ever was
 */
public record StreamRow(
    String streamId,
    long lastSeq,
    long deletedTo,
    StreamState state,
    @Nullable String reason,
    @Nullable Instant changedAt) {

  /**
   * The reason of an archived stream whose events are in another store, and the beginning of it if
   * it had any: then a hash of the last of them follows.
   */
  private static final String MOVED = "moved";

  /** The reason of a stream that was moved back from an archive and is to be made active. */
  public static final String RETURNING = "returning";

  /** Whether a stream is what most are: active and never changed, with all its events. */
  static final Condition PLAIN =
      STREAMS
          .STATE
          .eq(inline(StreamState.ACTIVE.name()))
          .and(STREAMS.DELETED_TO.eq(inline(0L)))
          .and(STREAMS.REASON.isNull())
          .and(STREAMS.CHANGED_AT.isNull());

  /** {@link #moved()} in SQL, of an archived stream. */
  private static final Condition HAS_MOVED =
      STREAMS
          .REASON
          .eq(inline(MOVED))
          .or(left(STREAMS.REASON, inline(MOVED.length() + 1)).eq(inline(MOVED + " ")));

  /** {@link #requireReadable()} in SQL. */
  private static final Condition READABLE =
      STREAMS
          .STATE
          .eq(inline(StreamState.ACTIVE.name()))
          .or(
              STREAMS
                  .STATE
                  .eq(inline(StreamState.ARCHIVED.name()))
                  .and(STREAMS.REASON.isNull().or(not(HAS_MOVED))));

  /** How many {@link #columns} there are. */
  public static final int COLUMN_COUNT = 6;

  /** What to select for {@link #read}. */
  public static List<Field<?>> columns(DSLContext dsl) {
    return List.of(
        STREAMS.STREAM_ID,
        HighWaterMark.of(dsl),
        STREAMS.DELETED_TO,
        STREAMS.STATE,
        STREAMS.REASON,
        STREAMS.CHANGED_AT);
  }

  /** 1 if the events of a stream may be read, as its row says, and 0 if not. */
  static Field<Integer> readable(Field<String> streamId) {
    return field(
        select(when(READABLE, inline(1)).otherwise(inline(0)))
            .from(STREAMS)
            .where(STREAMS.STREAM_ID.eq(streamId)));
  }

  public static StreamRow read(Row row) {
    String streamId = row.text(1);
    StreamState state = state(streamId, row.text(4));
    return new StreamRow(
        streamId,
        row.number(2),
        row.number(3),
        state,
        row.optionalText(5),
        Optional.ofNullable(row.optionalNumber(6)).map(Instant::ofEpochMilli).orElse(null));
  }

  private static StreamState state(String streamId, String word) {
    try {
      return StreamState.valueOf(word);
    } catch (IllegalArgumentException e) {
      throw new DamagedRowException(
          "stream \"%s\" has the unknown state \"%s\"".formatted(streamId, word), e);
    }
  }

  /**
   * The checksum of a stream's state, which is stored whenever the state changes.
   *
   * @param changedAt UTC epoch milliseconds
   */
  public static long checksum(
      String streamId, String state, @Nullable String reason, @Nullable Long changedAt) {
    return new ContentChecksum()
        .text(streamId)
        .text(state)
        .text(reason)
        .optionalNumber(changedAt)
        .value();
  }

  private record Head(long lastSeq, boolean plain) {

    static Head read(Row row) {
      return new Head(row.number(1), row.number(2) != 0);
    }
  }

  /** The row of a stream. */
  public static Optional<StreamRow> find(Session session, JournalStatements sql, String streamId) {
    Optional<Head> head;
    try (Execution prepared = session.prepare(sql.head)) {
      head = prepared.set(JournalStatements.STREAM_ID, streamId).first(Head::read);
    }
    if (head.isPresent() && head.get().plain()) {
      return Optional.of(
          new StreamRow(streamId, head.get().lastSeq(), 0, StreamState.ACTIVE, null, null));
    }
    return head.isPresent() ? find(session, sql.streamRow, streamId) : Optional.empty();
  }

  /**
   * The row of a stream.
   *
   * @param query selects {@link #columns} by {@link JournalStatements#STREAM_ID}
   */
  public static Optional<StreamRow> find(Session session, Script query, String streamId) {
    try (Execution prepared = session.prepare(query)) {
      return prepared.set(JournalStatements.STREAM_ID, streamId).first(StreamRow::read);
    }
  }

  /** Whether it is archived and its events are in another store. */
  public boolean moved() {
    return state == StreamState.ARCHIVED
        && reason != null
        && (reason.equals(MOVED) || reason.startsWith(MOVED + " "));
  }

  /**
   * The reason of an archived stream whose events are in another store.
   *
   * @param hash a hash of the last of them; empty without one
   */
  public static String moved(String hash) {
    return hash.isEmpty() ? MOVED : MOVED + " " + hash;
  }

  /** Whether it was moved with this as a hash of its last event, as far as that was kept. */
  public boolean movedWith(String hash) {
    return moved() && (MOVED.equals(reason) || moved(hash).equals(reason));
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
      case TOMBSTONED -> new StreamTombstonedException(streamId, reason, since);
      case DELETED -> new StreamDeletedException(streamId, since);
      case ACTIVE, UNKNOWN -> throw new IllegalStateException(this + " is not refused");
    };
  }
}
