package dev.daybook.journal.internal.append;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ANNOUNCED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.BEGUN;
import static dev.daybook.journal.internal.append.ArrayAppendSql.NEW;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ORDINAL;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.jooq.tables.Events;
import dev.daybook.journal.internal.read.EventRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;

/** Events that come in arrays, one for each column, and how they are inserted. */
final class EventArrays {

  static final Param<String[]> STREAM_IDS = arrayOf(EVENTS.STREAM_ID);
  static final Param<Long[]> SEQS = arrayOf(EVENTS.SEQ);
  static final Param<Long[]> POSITIONS = arrayOf(EVENTS.GLOBAL_POSITION);
  static final Param<String[]> TYPES = arrayOf(EVENTS.EVENT_TYPE);
  static final Param<Long[]> SCHEMA_VERSIONS = arrayOf(EVENTS.SCHEMA_VERSION);
  static final Param<String[]> CODECS = arrayOf(EVENTS.CODEC);
  static final Param<String[]> COMPRESSIONS = arrayOf(EVENTS.COMPRESSION);
  static final Param<String[]> KEY_IDS = arrayOf(EVENTS.KEY_ID);
  static final Param<Long[]> TIMES = arrayOf(EVENTS.TS);
  static final Param<String[]> TAGS = arrayOf(EVENTS.TAGS);
  static final Param<String[]> METADATA = arrayOf(EVENTS.METADATA);
  static final Param<String[]> IDEMPOTENCY_KEYS = arrayOf(EVENTS.IDEMPOTENCY_KEY);
  static final Param<byte[][]> PAYLOADS = arrayOf(EVENTS.PAYLOAD);
  static final Param<Long[]> CHECKSUMS = arrayOf(EVENTS.CONTENT_CHECKSUM);

  /** {@link StreamEnds}. */
  static final Param<Long[]> ENDS = arrayOf(EVENTS.BEGUN_AFTER);

  /** What {@linkplain EventRow#isPlain plain} events may differ in. */
  private static final Map<TableField<Record, ?>, Param<?>> PLAIN_CONTENT = plainContent();

  private static final Map<TableField<Record, ?>, Param<?>> CONTENT = content();

  private static final Events DRAWN = EVENTS.as("drawn");

  private EventArrays() {}

  private static Map<TableField<Record, ?>, Param<?>> plainContent() {
    Map<TableField<Record, ?>, Param<?>> content = new LinkedHashMap<>();
    content.put(EVENTS.EVENT_TYPE, TYPES);
    content.put(EVENTS.TS, TIMES);
    content.put(EVENTS.TAGS, TAGS);
    content.put(EVENTS.PAYLOAD, PAYLOADS);
    content.put(EVENTS.CONTENT_CHECKSUM, CHECKSUMS);
    return content;
  }

  private static Map<TableField<Record, ?>, Param<?>> content() {
    Map<TableField<Record, ?>, Param<?>> content = plainContent();
    content.put(EVENTS.SCHEMA_VERSION, SCHEMA_VERSIONS);
    content.put(EVENTS.CODEC, CODECS);
    content.put(EVENTS.COMPRESSION, COMPRESSIONS);
    content.put(EVENTS.KEY_ID, KEY_IDS);
    content.put(EVENTS.METADATA, METADATA);
    content.put(EVENTS.IDEMPOTENCY_KEY, IDEMPOTENCY_KEYS);
    return content;
  }

  private static Map<TableField<Record, ?>, Param<?>> content(boolean plain) {
    return plain ? PLAIN_CONTENT : CONTENT;
  }

  /**
   * The arrays of events as rows, with further columns.
   *
   * @param plain whether all events are {@linkplain EventRow#isPlain plain}
   */
  static Table<?> events(
      PositionProtocol writing,
      boolean plain,
      List<Field<?>> others,
      List<? extends Param<?>> otherArrays) {
    List<Name> columns = new ArrayList<>();
    others.forEach(other -> columns.add(other.getUnqualifiedName()));
    content(plain).keySet().forEach(column -> columns.add(column.getUnqualifiedName()));
    List<Param<?>> arrays = new ArrayList<>(otherArrays);
    arrays.addAll(content(plain).values());
    return writing.rows(NEW.getName(), columns, arrays);
  }

  /**
   * The values of events that come in arrays.
   *
   * @param plain whether all events are {@linkplain EventRow#isPlain plain}
   * @param position what gives each event its position
   */
  static Map<TableField<Record, ?>, Field<?>> values(
      boolean plain, Field<String> streamId, Field<Long> seq, Field<Long> position) {
    Map<TableField<Record, ?>, Field<?>> values = new LinkedHashMap<>();
    values.put(EVENTS.GLOBAL_POSITION, position);
    values.put(EVENTS.STREAM_ID, streamId);
    values.put(EVENTS.SEQ, seq);
    content(plain).keySet().forEach(column -> values.put(column, NEW.field(column)));
    values.put(EVENTS.CONTENT_CHECKSUM, NEW.CONTENT_CHECKSUM.minus(seq));
    values.put(
        EVENTS.SCHEMA_VERSION,
        plain ? EventRows.PLAIN_VERSION : coalesce(NEW.SCHEMA_VERSION, EventRows.PLAIN_VERSION));
    values.put(
        EVENTS.CODEC, plain ? EventRows.PLAIN_CODEC : coalesce(NEW.CODEC, EventRows.PLAIN_CODEC));
    return values;
  }

  /**
   * The position after which the transaction of an event has begun, for events that have it.
   *
   * @see StreamEnds
   */
  static Field<Long> begunAfter(PositionProtocol writing) {
    Name announcement = ANNOUNCED.append(BEGUN);
    Field<Long> end = NEW.BEGUN_AFTER;
    return when(end.isNull(), writing.begunBefore(announcement))
        .when(end.gt(inline(0L)), writing.begun(announcement));
  }

  /** Events that belong together with no others, each with the next position. */
  static Select<?> rows(
      DSLContext dsl, Map<TableField<Record, ?>, Field<?>> values, Table<?> from) {
    return dsl.select(values.values()).from(from).orderBy(ORDINAL);
  }

  /**
   * Events of which some belong together. Their positions are drawn, in the order of the events,
   * before the first event is written: the sort after it waits for all of them. The less time there
   * is from the first to the last, the fewer transactions come in between.
   *
   * @param from the events, and what was announced
   */
  static Select<?> rowsTogether(
      DSLContext dsl, Map<TableField<Record, ?>, Field<?>> values, Table<?> from) {
    List<Field<?>> named = new ArrayList<>();
    values.forEach((column, value) -> named.add(value.as(column.getUnqualifiedName())));
    return dsl.select(values.keySet().stream().map(DRAWN::field).toList())
        .from(dsl.select(named).from(from).orderBy(ORDINAL).asTable(DRAWN.getUnqualifiedName()))
        .orderBy(DRAWN.GLOBAL_POSITION);
  }

  /** Where the events went that an insert has written: position, sequence number, stream. */
  static ResultQuery<?> returning(InsertReturningStep<Record> insert) {
    return insert.returning(EVENTS.GLOBAL_POSITION, EVENTS.SEQ, EVENTS.STREAM_ID);
  }
}
