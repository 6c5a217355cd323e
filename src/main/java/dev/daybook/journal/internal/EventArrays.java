package dev.daybook.journal.internal;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.journal.internal.ParallelStatements.ANNOUNCED;
import static dev.daybook.journal.internal.ParallelStatements.BEGUN;
import static dev.daybook.journal.internal.ParallelStatements.NEW;
import static dev.daybook.journal.internal.ParallelStatements.ORDINAL;
import static dev.daybook.journal.internal.ParallelStatements.column;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.ParallelWriting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
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

  private static final List<TableField<Record, ?>> CONTENT =
      List.of(
          EVENTS.EVENT_TYPE,
          EVENTS.SCHEMA_VERSION,
          EVENTS.CODEC,
          EVENTS.COMPRESSION,
          EVENTS.KEY_ID,
          EVENTS.TS,
          EVENTS.TAGS,
          EVENTS.METADATA,
          EVENTS.IDEMPOTENCY_KEY,
          EVENTS.PAYLOAD,
          EVENTS.CONTENT_CHECKSUM);
  private static final List<Param<?>> CONTENT_ARRAYS =
      List.of(
          TYPES,
          SCHEMA_VERSIONS,
          CODECS,
          COMPRESSIONS,
          KEY_IDS,
          TIMES,
          TAGS,
          METADATA,
          IDEMPOTENCY_KEYS,
          PAYLOADS,
          CHECKSUMS);

  private static final Name DRAWN = name("drawn");

  private EventArrays() {}

  /** The arrays of events as rows, with further columns. */
  static Table<?> events(
      ParallelWriting writing, List<Field<?>> others, List<? extends Param<?>> otherArrays) {
    List<Name> columns = new ArrayList<>();
    others.forEach(other -> columns.add(other.getUnqualifiedName()));
    CONTENT.forEach(column -> columns.add(column.getUnqualifiedName()));
    List<Param<?>> arrays = new ArrayList<>(otherArrays);
    arrays.addAll(CONTENT_ARRAYS);
    return writing.rows(NEW, columns, arrays);
  }

  /** Writes events that belong together with no others, each with the next position. */
  static ResultQuery<?> insertAlone(
      DSLContext dsl,
      ParallelWriting writing,
      Field<String> streamId,
      Field<Long> seq,
      Table<?> from) {
    Map<TableField<Record, ?>, Field<?>> values = values(streamId, seq, writing.nextPosition());
    return dsl.insertInto(EVENTS, values.keySet())
        .select(dsl.select(values.values()).from(from).orderBy(ORDINAL))
        .returning(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.GLOBAL_POSITION);
  }

  /**
   * Writes events of which some belong together. Their positions are drawn, in the order of the
   * events, before the first event is written: the sort behind it waits for all of them. The less
   * time there is from the first to the last, the fewer transactions come in between.
   *
   * @param position what gives each event its position
   * @param from the events, and what was announced
   */
  static ResultQuery<?> insertTogether(
      DSLContext dsl,
      ParallelWriting writing,
      Field<String> streamId,
      Field<Long> seq,
      Field<Long> position,
      Table<?> from) {
    Map<TableField<Record, ?>, Field<?>> values = values(streamId, seq, position);
    values.put(EVENTS.BEGUN_AFTER, begunAfter(writing));
    List<Field<?>> named = new ArrayList<>();
    values.forEach((column, value) -> named.add(value.as(column.getUnqualifiedName())));
    Table<?> drawn = dsl.select(named).from(from).orderBy(ORDINAL).asTable(DRAWN);
    return dsl.insertInto(EVENTS, values.keySet())
        .select(
            dsl.select(values.keySet().stream().map(it -> column(DRAWN, it)).toList())
                .from(drawn)
                .orderBy(column(DRAWN, EVENTS.GLOBAL_POSITION)))
        .returning(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.GLOBAL_POSITION);
  }

  private static Map<TableField<Record, ?>, Field<?>> values(
      Field<String> streamId, Field<Long> seq, Field<Long> position) {
    Map<TableField<Record, ?>, Field<?>> values = new LinkedHashMap<>();
    values.put(EVENTS.GLOBAL_POSITION, position);
    values.put(EVENTS.STREAM_ID, streamId);
    values.put(EVENTS.SEQ, seq);
    CONTENT.forEach(column -> values.put(column, valueOf(column, seq)));
    return values;
  }

  private static Field<Long> begunAfter(ParallelWriting writing) {
    Name announcement = ANNOUNCED.append(BEGUN);
    Field<Long> end = column(NEW, EVENTS.BEGUN_AFTER);
    return when(end.isNull(), writing.begunBefore(announcement))
        .when(end.gt(inline(0L)), writing.begun(announcement));
  }

  /** A column whose array is empty has its default in all rows. */
  private static Field<?> valueOf(TableField<Record, ?> column, Field<Long> seq) {
    if (column.equals(EVENTS.SCHEMA_VERSION)) {
      return coalesce(column(NEW, EVENTS.SCHEMA_VERSION), EventRows.PLAIN_VERSION);
    }
    if (column.equals(EVENTS.CODEC)) {
      return coalesce(column(NEW, EVENTS.CODEC), EventRows.PLAIN_CODEC);
    }
    if (column.equals(EVENTS.CONTENT_CHECKSUM)) {
      return column(NEW, EVENTS.CONTENT_CHECKSUM).minus(seq);
    }
    return column(NEW, column);
  }
}
