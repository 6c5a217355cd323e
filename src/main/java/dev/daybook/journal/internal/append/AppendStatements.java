package dev.daybook.journal.internal.append;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static dev.daybook.journal.internal.read.JournalStatements.IDEMPOTENCY_KEY;
import static dev.daybook.journal.internal.read.JournalStatements.POSITION;
import static dev.daybook.journal.internal.read.JournalStatements.SEQ;
import static dev.daybook.journal.internal.read.JournalStatements.STREAM_ID;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.EventRows;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;

/**
 * The statements of an append whose text never changes, rendered once for a store. Those that write
 * where several transactions write at a time are in {@link ArrayAppendSql}.
 */
final class AppendStatements {

  static final Param<String> TAG = param(EVENTS_TAGS.TAG);

  final Script eventsOfKey;
  final Script insertEvent;
  final Script insertPlainEvent;
  final Script insertTag;
  final Script insertStream;

  /** Whether each event that is read is verified by its checksum. */
  final boolean verifies;

  AppendStatements(DSLContext dsl, boolean verifies) {
    this.verifies = verifies;
    this.eventsOfKey = Script.of(dsl, () -> eventsOfKey(dsl, verifies));
    this.insertEvent = Script.of(dsl, () -> EventValues.insert(dsl, false));
    this.insertPlainEvent = Script.of(dsl, () -> EventValues.insert(dsl, true));
    this.insertTag = Script.of(dsl, () -> insertTag(dsl));
    this.insertStream = Script.of(dsl, () -> insertStream(dsl));
  }

  /** The events recorded under a key, in order. */
  List<RecordedEvent<EncodedEvent>> eventsOfKey(
      Session session, String streamId, String idempotencyKey) {
    try (Execution prepared = session.prepare(eventsOfKey)) {
      return prepared
          .set(STREAM_ID, streamId)
          .set(IDEMPOTENCY_KEY, idempotencyKey)
          .list(row -> EventRows.read(row, verifies));
    }
  }

  private static Query eventsOfKey(DSLContext dsl, boolean verifies) {
    return dsl.select(EventRows.columns(verifies))
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS.IDEMPOTENCY_KEY.eq(IDEMPOTENCY_KEY))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(EVENTS.SEQ);
  }

  private static Query insertTag(DSLContext dsl) {
    return dsl.insertInto(
            EVENTS_TAGS,
            EVENTS_TAGS.STREAM_ID,
            EVENTS_TAGS.SEQ,
            EVENTS_TAGS.TAG,
            EVENTS_TAGS.GLOBAL_POSITION)
        .values(STREAM_ID, SEQ, TAG, POSITION);
  }

  /** The row of a stream may be there without an event: its high-water mark was raised to 0. */
  private static Query insertStream(DSLContext dsl) {
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .values(STREAM_ID, SEQ)
        .onConflict(STREAMS.STREAM_ID)
        .doNothing();
  }
}
