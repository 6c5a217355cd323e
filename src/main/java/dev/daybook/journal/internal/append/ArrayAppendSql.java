package dev.daybook.journal.internal.append;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.daybook.internal.dialect.ManyRows;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.jooq.tables.Events;
import dev.daybook.internal.jooq.tables.EventsTags;
import dev.daybook.internal.jooq.tables.Streams;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.WithStep;

/**
 * The journal's statements where several transactions write at a time. What is written comes in
 * arrays, so that there is one statement however many events and tags there are.
 */
final class ArrayAppendSql {

  static final Param<String[]> TAGGED_IDS = arrayOf(EVENTS_TAGS.STREAM_ID);
  static final Param<Long[]> TAGGED_SEQS = arrayOf(EVENTS_TAGS.SEQ);
  static final Param<String[]> MARKED_IDS = arrayOf(STREAMS.STREAM_ID);
  static final Param<Long[]> MARKS = arrayOf(STREAMS.LAST_SEQ);

  /** Events that come in arrays. */
  static final Events NEW = EVENTS.as("n");

  /** Tags that come in arrays. */
  static final EventsTags LABELS = EVENTS_TAGS.as("l");

  private static final Streams RAISED = STREAMS.as("r");

  /** The streams that are appended to, as they are then. */
  static final Streams CLAIMED = STREAMS.as("claimed");

  static final Name ANNOUNCED = name("announced");
  static final Name BEGUN = name("begun");

  /** What was written. */
  static final Events WRITTEN = EVENTS.as("written");

  static final Name LABELLED = name("labelled");
  private static final Name MARKED = name("marked");
  static final Name BASE = name("base");

  /** The announcement, for statements whose transaction does not use it again. */
  static final Field<Long> BEGUN_ALONE = field(ANNOUNCED.append(BEGUN), Long.class);

  static final Field<Long> ORDINAL =
      field(NEW.getUnqualifiedName().append(ManyRows.ORDINAL), Long.class);

  final Script claim;
  final Script write;
  final Script writeTagged;
  final Script writeAt;
  final Script writeAtTagged;
  final Script keepOthersOut;
  final Script settings;

  /** Appends to one stream. */
  final OneStreamAppendSql toStream;

  /** Appends to many streams, which wait only briefly for locks of others. */
  final MultiStreamAppendSql toStreams;

  ArrayAppendSql(DSLContext dsl, PositionProtocol writing) {
    this.claim = Script.of(dsl, () -> claim(dsl, writing));
    this.write = Script.of(dsl, () -> write(dsl, writing, false, false));
    this.writeTagged = Script.of(dsl, () -> write(dsl, writing, false, true));
    this.writeAt = Script.of(dsl, () -> write(dsl, writing, true, false));
    this.writeAtTagged = Script.of(dsl, () -> write(dsl, writing, true, true));
    this.keepOthersOut = Script.of(dsl, () -> writing.keepOthersOut());
    this.settings = Script.of(dsl, () -> dsl.select(writing.settings()));
    this.toStream = new OneStreamAppendSql(dsl, writing);
    this.toStreams = new MultiStreamAppendSql(dsl, writing, settings);
  }

  /**
   * Writes events whose numbers are known.
   *
   * @param placed whether their positions are, too
   */
  Script write(boolean placed, boolean tagged) {
    if (placed) {
      return tagged ? writeAtTagged : writeAt;
    }
    return tagged ? writeTagged : write;
  }

  /** Makes the rows that are missing, so that there is something to lock. */
  private static Query claim(DSLContext dsl, PositionProtocol writing) {
    Table<?> ids =
        writing.rows(
            NEW.getName(),
            List.of(STREAMS.STREAM_ID.getUnqualifiedName()),
            List.of(EventArrays.STREAM_IDS));
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .select(dsl.select(NEW.STREAM_ID, inline(0L)).from(ids).orderBy(inOneOrder(NEW.STREAM_ID)))
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.STREAM_ID, excluded(STREAMS.STREAM_ID))
        .returning(StreamRow.columns(dsl));
  }

  /**
   * A transaction that writes several streams locks them in this order, so that no two transactions
   * wait for each other.
   */
  static Field<String> inOneOrder(Field<String> streamId) {
    return streamId.collate("C");
  }

  private static Query write(
      DSLContext dsl, PositionProtocol writing, boolean placed, boolean tagged) {
    List<Field<?>> columns =
        new ArrayList<>(List.of(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.BEGUN_AFTER));
    List<Param<?>> arrays =
        new ArrayList<>(List.of(EventArrays.STREAM_IDS, EventArrays.SEQS, EventArrays.ENDS));
    if (placed) {
      columns.add(EVENTS.GLOBAL_POSITION);
      arrays.add(EventArrays.POSITIONS);
    }
    Table<?> events = EventArrays.events(writing, false, columns, arrays);
    Map<TableField<Record, ?>, Field<?>> values =
        EventArrays.values(
            false, NEW.STREAM_ID, NEW.SEQ, placed ? NEW.GLOBAL_POSITION : writing.nextPosition());
    values.put(EVENTS.BEGUN_AFTER, EventArrays.begunAfter(writing));
    WithStep with =
        dsl.with(ANNOUNCED)
            .asMaterialized(dsl.select(writing.announce().as(BEGUN)))
            .with(WRITTEN.getUnqualifiedName())
            .as(
                EventArrays.returning(
                    dsl.insertInto(EVENTS, values.keySet())
                        .select(
                            EventArrays.rowsTogether(
                                dsl, values, table(ANNOUNCED).crossJoin(events)))))
            .with(MARKED)
            .as(raiseMarks(dsl, writing));
    if (tagged) {
      Condition same = WRITTEN.STREAM_ID.eq(LABELS.STREAM_ID).and(WRITTEN.SEQ.eq(LABELS.SEQ));
      with =
          with.with(LABELLED)
              .as(label(dsl, rowsOf(WRITTEN).join(labels(writing)).on(same), WRITTEN));
    }
    return with.select(WRITTEN.GLOBAL_POSITION, WRITTEN.SEQ)
        .from(rowsOf(WRITTEN))
        .orderBy(WRITTEN.GLOBAL_POSITION);
  }

  /**
   * @param from tags, with the events that they are of
   * @param events what the events are called there
   */
  static ResultQuery<?> label(DSLContext dsl, Table<?> from, Events events) {
    return dsl.insertInto(
            EVENTS_TAGS,
            EVENTS_TAGS.STREAM_ID,
            EVENTS_TAGS.SEQ,
            EVENTS_TAGS.TAG,
            EVENTS_TAGS.GLOBAL_POSITION)
        .select(
            dsl.select(events.STREAM_ID, events.SEQ, LABELS.TAG, events.GLOBAL_POSITION).from(from))
        .returning(EVENTS_TAGS.SEQ);
  }

  private static ResultQuery<?> raiseMarks(DSLContext dsl, PositionProtocol writing) {
    Table<?> raised =
        writing.rows(
            RAISED.getName(),
            List.of(STREAMS.STREAM_ID.getUnqualifiedName(), STREAMS.LAST_SEQ.getUnqualifiedName()),
            List.of(MARKED_IDS, MARKS));
    return dsl.update(STREAMS)
        .set(STREAMS.LAST_SEQ, RAISED.LAST_SEQ)
        .from(raised)
        .where(STREAMS.STREAM_ID.eq(RAISED.STREAM_ID))
        .returning(STREAMS.LAST_SEQ);
  }

  static Table<?> labels(PositionProtocol writing) {
    return writing.rows(
        LABELS.getName(),
        List.of(
            EVENTS_TAGS.STREAM_ID.getUnqualifiedName(),
            EVENTS_TAGS.SEQ.getUnqualifiedName(),
            EVENTS_TAGS.TAG.getUnqualifiedName()),
        List.of(TAGGED_IDS, TAGGED_SEQS, OneStreamAppendSql.TAG_NAMES));
  }

  /** The rows of a common table expression. */
  static Table<?> rowsOf(Table<?> expression) {
    return table(expression.getUnqualifiedName());
  }
}
