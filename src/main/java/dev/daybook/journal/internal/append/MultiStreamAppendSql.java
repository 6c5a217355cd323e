package dev.daybook.journal.internal.append;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.dialect.SteadySql.exists;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ANNOUNCED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.CLAIMED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELLED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.NEW;
import static dev.daybook.journal.internal.append.ArrayAppendSql.WRITTEN;
import static dev.daybook.journal.internal.append.ArrayAppendSql.column;
import static dev.daybook.journal.internal.append.ArrayAppendSql.written;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.StreamState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.WithStep;

/**
 * Appends to many streams as one statement: the streams that are as expected get their events, the
 * others are left as they are.
 *
 * <p>The rows of the streams are written first, in the order of their ids, so that no two
 * transactions wait for each other; a stream that must have events gets no row if it has none. Only
 * once all of them are written does it announce that it draws positions, and draw them, after all
 * that the streams have.
 */
final class MultiStreamAppendSql {

  static final Param<String[]> WANTED_IDS = arrayOf(STREAMS.STREAM_ID);
  static final Param<Long[]> COUNTS = arrayOf(STREAMS.LAST_SEQ);
  static final Param<Long[]> LOWEST = arrayOf(STREAMS.LAST_SEQ);
  static final Param<Long[]> HIGHEST = arrayOf(STREAMS.LAST_SEQ);

  private static final Name WANTED = name("wanted");
  private static final Name BASED = name("based");
  private static final Name NUMBERED = name("numbered");
  private static final String KNOWN = "k";

  private static final Field<String> WANTED_ID = column("wanted", STREAMS.STREAM_ID);
  private static final Field<Long> WANTED_COUNT = field(name("wanted", "count"), Long.class);
  private static final Field<Long> WANTED_LOWEST = field(name("wanted", "lowest"), Long.class);
  private static final Field<Long> WANTED_HIGHEST = field(name("wanted", "highest"), Long.class);
  private static final Field<String> CLAIMED_ID = column("claimed", STREAMS.STREAM_ID);
  private static final Field<Long> CLAIMED_SEQ = column("claimed", STREAMS.LAST_SEQ);
  private static final Field<String> BASED_ID = column("based", STREAMS.STREAM_ID);
  private static final Field<Long> BASE = field(name("based", "base"), Long.class);
  private static final Field<String> NEW_ID = column(NEW, EVENTS.STREAM_ID);
  private static final Field<Long> NEW_SEQ = BASE.plus(column(NEW, EVENTS.SEQ));
  private static final Field<Long> NUMBER = field(name("numbered", "number"), Long.class);

  /**
   * What a statement is made for.
   *
   * @param together whether some events belong together
   * @param plain whether all events are {@linkplain EventRow#isPlain plain}
   */
  record Shape(boolean together, boolean tagged, boolean plain) {}

  private final Map<Shape, Script> statements = new LinkedHashMap<>();
  private final Map<Shape, Script> withSettings = new LinkedHashMap<>();
  private final DSLContext dsl;
  private final PositionProtocol writing;

  /**
   * @param settings what is run along with each statement, before it
   */
  MultiStreamAppendSql(DSLContext dsl, PositionProtocol writing, Script settings) {
    this.dsl = dsl;
    this.writing = writing;
    for (boolean together : new boolean[] {true, false}) {
      for (boolean tagged : new boolean[] {true, false}) {
        for (boolean plain : new boolean[] {true, false}) {
          Shape shape = new Shape(together, tagged, plain);
          Script statement = Script.of(dsl, () -> append(shape));
          statements.put(shape, statement);
          withSettings.put(shape, Script.inOrder(dsl, settings, statement));
        }
      }
    }
  }

  Script of(Shape shape) {
    return Objects.requireNonNull(withSettings.get(shape));
  }

  /** All of them, without the settings. */
  Map<Shape, Script> all() {
    return statements;
  }

  private Query append(Shape shape) {
    WithStep with =
        dsl.with(WANTED)
            .asMaterialized(dsl.selectFrom(wanted(writing)))
            .with(CLAIMED)
            .as(claim(dsl))
            .with(BASED)
            .asMaterialized(
                dsl.select(
                        CLAIMED_ID, CLAIMED_SEQ.minus(WANTED_COUNT).as(BASE.getUnqualifiedName()))
                    .from(table(CLAIMED))
                    .join(table(WANTED))
                    .on(CLAIMED_ID.eq(WANTED_ID)))
            .with(ANNOUNCED)
            .asMaterialized(announceIfAny(dsl, writing));
    Map<TableField<Record, ?>, Field<?>> values = values(shape);
    Select<?> rows = rows(shape, values);
    if (!shape.tagged()) {
      return EventArrays.returning(with.insertInto(EVENTS, values.keySet()).select(rows));
    }
    return with.with(WRITTEN)
        .as(EventArrays.returning(dsl.insertInto(EVENTS, values.keySet()).select(rows)))
        .with(NUMBERED)
        .asMaterialized(number(dsl))
        .with(LABELLED)
        .as(label(dsl, writing))
        .select(written(EVENTS.GLOBAL_POSITION), written(EVENTS.SEQ), written(EVENTS.STREAM_ID))
        .from(table(WRITTEN));
  }

  private Map<TableField<Record, ?>, Field<?>> values(Shape shape) {
    Map<TableField<Record, ?>, Field<?>> values =
        EventArrays.values(shape.plain(), NEW_ID, NEW_SEQ, writing.nextPosition());
    if (shape.together()) {
      values.put(
          EVENTS.BEGUN_AFTER,
          when(column(NEW, EVENTS.BEGUN_AFTER).gt(inline(0L)), ArrayAppendSql.BEGUN_ALONE));
    }
    return values;
  }

  private Select<?> rows(Shape shape, Map<TableField<Record, ?>, Field<?>> values) {
    List<Field<?>> columns = new ArrayList<>(List.of(EVENTS.STREAM_ID, EVENTS.SEQ));
    List<Param<?>> arrays = new ArrayList<>(List.of(EventArrays.STREAM_IDS, EventArrays.SEQS));
    if (shape.together()) {
      columns.add(EVENTS.BEGUN_AFTER);
      arrays.add(EventArrays.ENDS);
    }
    Table<?> from = based(EventArrays.events(writing, shape.plain(), columns, arrays));
    return shape.together()
        ? EventArrays.rowsTogether(dsl, values, from)
        : EventArrays.rows(dsl, values, from);
  }

  private static Table<?> wanted(PositionProtocol writing) {
    return writing.rows(
        "w",
        List.of(
            WANTED_ID.getUnqualifiedName(),
            WANTED_COUNT.getUnqualifiedName(),
            WANTED_LOWEST.getUnqualifiedName(),
            WANTED_HIGHEST.getUnqualifiedName()),
        List.of(WANTED_IDS, COUNTS, LOWEST, HIGHEST));
  }

  private static ResultQuery<?> claim(DSLContext dsl) {
    Condition known =
        exists(
            selectOne()
                .from(STREAMS.as(KNOWN))
                .where(column(KNOWN, STREAMS.STREAM_ID).eq(WANTED_ID)));
    // In a conflict only the row that was to be inserted is known, so it is looked up again.
    Condition asExpected =
        exists(
            selectOne()
                .from(table(WANTED))
                .where(WANTED_ID.eq(excluded(STREAMS.STREAM_ID)))
                .and(STREAMS.LAST_SEQ.between(WANTED_LOWEST, WANTED_HIGHEST)));
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .select(
            dsl.select(WANTED_ID, WANTED_COUNT)
                .from(table(WANTED))
                .where(WANTED_LOWEST.eq(inline(0L)).or(known))
                .orderBy(ArrayAppendSql.inOneOrder(WANTED_ID)))
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.LAST_SEQ, STREAMS.LAST_SEQ.plus(excluded(STREAMS.LAST_SEQ)))
        .where(STREAMS.STATE.eq(inline(StreamState.ACTIVE.name())).and(asExpected))
        .returning(STREAMS.STREAM_ID, STREAMS.LAST_SEQ);
  }

  /** To count them is to wait for all. */
  private static ResultQuery<?> announceIfAny(DSLContext dsl, PositionProtocol writing) {
    Field<Integer> count = field(name("c", "count"), Integer.class);
    return dsl.select(writing.announceAlone().as(ArrayAppendSql.BEGUN))
        .from(dsl.select(count().as(count)).from(table(BASED)).asTable("c"))
        .where(count.gt(inline(0)));
  }

  private static Table<?> based(Table<?> events) {
    return table(BASED).crossJoin(table(ANNOUNCED)).join(events).on(BASED_ID.eq(NEW_ID));
  }

  /** What was written, with each event's number among those of its stream. */
  private static ResultQuery<?> number(DSLContext dsl) {
    return dsl.select(
            written(EVENTS.STREAM_ID),
            written(EVENTS.SEQ),
            written(EVENTS.GLOBAL_POSITION),
            written(EVENTS.SEQ).minus(BASE).as(NUMBER.getUnqualifiedName()))
        .from(table(WRITTEN))
        .join(table(BASED))
        .on(BASED_ID.eq(written(EVENTS.STREAM_ID)));
  }

  private static ResultQuery<?> label(DSLContext dsl, PositionProtocol writing) {
    return ArrayAppendSql.label(
        dsl,
        table(NUMBERED)
            .join(ArrayAppendSql.labels(writing))
            .on(
                column(LABELS, EVENTS_TAGS.STREAM_ID)
                    .eq(column(NUMBERED, EVENTS.STREAM_ID))
                    .and(column(LABELS, EVENTS_TAGS.SEQ).eq(NUMBER))),
        NUMBERED);
  }
}
