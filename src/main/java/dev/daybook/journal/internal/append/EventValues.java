package dev.daybook.journal.internal.append;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.journal.internal.read.JournalStatements.IDEMPOTENCY_KEY;
import static dev.daybook.journal.internal.read.JournalStatements.POSITION;
import static dev.daybook.journal.internal.read.JournalStatements.SEQ;
import static dev.daybook.journal.internal.read.JournalStatements.STREAM_ID;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.statements.Execution;
import dev.daybook.journal.internal.read.EventRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.TableField;

/** One event whose columns come one by one, and how it is inserted. */
final class EventValues {

  private static final Param<String> TYPE = param(EVENTS.EVENT_TYPE);
  private static final Param<Long> SCHEMA_VERSION = param(EVENTS.SCHEMA_VERSION);
  private static final Param<String> CODEC = param(EVENTS.CODEC);
  private static final Param<String> COMPRESSION = param(EVENTS.COMPRESSION);
  private static final Param<String> KEY_ID = param(EVENTS.KEY_ID);
  private static final Param<Long> TIME = param(EVENTS.TS);
  private static final Param<String> TAGS = param(EVENTS.TAGS);
  private static final Param<String> METADATA = param(EVENTS.METADATA);
  private static final Param<byte[]> PAYLOAD = param(EVENTS.PAYLOAD);
  private static final Param<Long> CHECKSUM = param(EVENTS.CONTENT_CHECKSUM);

  private EventValues() {}

  /**
   * Inserts an event.
   *
   * @param plain whether it is {@linkplain EventRow#isPlain plain} and has no tags: then it has
   *     half as many values
   */
  static Query insert(DSLContext dsl, boolean plain) {
    Map<TableField<Record, ?>, Field<?>> values = new LinkedHashMap<>();
    values.put(EVENTS.GLOBAL_POSITION, POSITION);
    values.putAll(values(plain, SEQ, CHECKSUM));
    return dsl.insertInto(EVENTS, values.keySet()).values(values.values());
  }

  /** The values of an event that does not know its place before. */
  static Map<TableField<Record, ?>, Field<?>> values(Field<Long> seq, Field<Long> position) {
    Map<TableField<Record, ?>, Field<?>> values = new LinkedHashMap<>();
    values.put(EVENTS.GLOBAL_POSITION, position);
    values.putAll(values(false, seq, CHECKSUM.minus(seq)));
    return values;
  }

  /**
   * Sets what is in an event, but for its place.
   *
   * @param plain whether the statement is for plain events
   * @param checksum of the event; if the statement takes its number from it, with that
   */
  static void set(Execution insert, EventRow<?> event, boolean plain, long checksum) {
    insert
        .set(STREAM_ID, event.streamId())
        .set(TYPE, event.sealed().type())
        .set(TIME, event.time().toEpochMilli())
        .set(PAYLOAD, event.sealed().payload())
        .set(CHECKSUM, checksum);
    if (!plain) {
      insert
          .set(SCHEMA_VERSION, (long) event.sealed().schemaVersion())
          .set(CODEC, event.sealed().codec())
          .set(COMPRESSION, event.sealed().compression())
          .set(KEY_ID, event.sealed().keyId())
          .set(TAGS, event.event().tags())
          .set(METADATA, event.event().metadata())
          .set(IDEMPOTENCY_KEY, event.idempotencyKey());
    }
  }

  private static Map<TableField<Record, ?>, Field<?>> values(
      boolean plain, Field<Long> seq, Field<Long> checksum) {
    Map<TableField<Record, ?>, Field<?>> values = new LinkedHashMap<>();
    values.put(EVENTS.STREAM_ID, STREAM_ID);
    values.put(EVENTS.SEQ, seq);
    values.put(EVENTS.EVENT_TYPE, TYPE);
    values.put(EVENTS.SCHEMA_VERSION, plain ? EventRows.PLAIN_VERSION : SCHEMA_VERSION);
    values.put(EVENTS.CODEC, plain ? EventRows.PLAIN_CODEC : CODEC);
    if (!plain) {
      values.put(EVENTS.COMPRESSION, COMPRESSION);
      values.put(EVENTS.KEY_ID, KEY_ID);
    }
    values.put(EVENTS.TS, TIME);
    if (!plain) {
      values.put(EVENTS.TAGS, TAGS);
      values.put(EVENTS.METADATA, METADATA);
      values.put(EVENTS.IDEMPOTENCY_KEY, IDEMPOTENCY_KEY);
    }
    values.put(EVENTS.PAYLOAD, PAYLOAD);
    values.put(EVENTS.CONTENT_CHECKSUM, checksum);
    return values;
  }
}
