package dev.daybook.journal.internal.append;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.dialect.SteadySql.exists;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ANNOUNCED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.CLAIMED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELLED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.NEW;
import static dev.daybook.journal.internal.append.ArrayAppendSql.WRITTEN;
import static dev.daybook.journal.internal.append.ArrayAppendSql.rowsOf;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.jooq.tables.Events;
import dev.daybook.internal.jooq.tables.Streams;
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

  private static final Streams WANTED = STREAMS.as("wanted");
  private static final Streams BASED = STREAMS.as("based");
  private static final Events NUMBERED = EVENTS.as("numbered");
  private static final Streams KNOWN = STREAMS.as("k");

  private static final Field<Long> WANTED_COUNT = field(name("wanted", "count"), Long.class);
  private static final Field<Long> WANTED_LOWEST = field(name("wanted", "lowest"), Long.class);
  private static final Field<Long> WANTED_HIGHEST = field(name("wanted", "highest"), Long.class);
  private static final Field<Long> BASE = field(name("based", "base"), Long.class);
  private static final Field<Long> NEW_SEQ = BASE.plus(NEW.SEQ);
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
        dsl.with(WANTED.getUnqualifiedName())
            .asMaterialized(dsl.selectFrom(wanted(writing)))
            .with(CLAIMED.getUnqualifiedName())
            .as(claim(dsl))
            .with(BASED.getUnqualifiedName())
            .asMaterialized(
                dsl.select(
                        CLAIMED.STREAM_ID,
                        CLAIMED.LAST_SEQ.minus(WANTED_COUNT).as(BASE.getUnqualifiedName()))
                    .from(rowsOf(CLAIMED))
                    .join(rowsOf(WANTED))
                    .on(CLAIMED.STREAM_ID.eq(WANTED.STREAM_ID)))
            .with(ANNOUNCED)
            .asMaterialized(announceIfAny(dsl, writing));
    Map<TableField<Record, ?>, Field<?>> values = values(shape);
    Select<?> rows = rows(shape, values);
    if (!shape.tagged()) {
      return EventArrays.returning(with.insertInto(EVENTS, values.keySet()).select(rows));
    }
    return with.with(WRITTEN.getUnqualifiedName())
        .as(EventArrays.returning(dsl.insertInto(EVENTS, values.keySet()).select(rows)))
        .with(NUMBERED.getUnqualifiedName())
        .asMaterialized(number(dsl))
        .with(LABELLED)
        .as(label(dsl, writing))
        .select(WRITTEN.GLOBAL_POSITION, WRITTEN.SEQ, WRITTEN.STREAM_ID)
        .from(rowsOf(WRITTEN));
  }

  private Map<TableField<Record, ?>, Field<?>> values(Shape shape) {
    Map<TableField<Record, ?>, Field<?>> values =
        EventArrays.values(shape.plain(), NEW.STREAM_ID, NEW_SEQ, writing.nextPosition());
    if (shape.together()) {
      values.put(
          EVENTS.BEGUN_AFTER, when(NEW.BEGUN_AFTER.gt(inline(0L)), ArrayAppendSql.BEGUN_ALONE));
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
            WANTED.STREAM_ID.getUnqualifiedName(),
            WANTED_COUNT.getUnqualifiedName(),
            WANTED_LOWEST.getUnqualifiedName(),
            WANTED_HIGHEST.getUnqualifiedName()),
        List.of(WANTED_IDS, COUNTS, LOWEST, HIGHEST));
  }

  private static ResultQuery<?> claim(DSLContext dsl) {
    Condition known = exists(selectOne().from(KNOWN).where(KNOWN.STREAM_ID.eq(WANTED.STREAM_ID)));
    // In a conflict only the row that was to be inserted is known, so it is looked up again.
    Condition asExpected =
        exists(
            selectOne()
                .from(rowsOf(WANTED))
                .where(WANTED.STREAM_ID.eq(excluded(STREAMS.STREAM_ID)))
                .and(STREAMS.LAST_SEQ.between(WANTED_LOWEST, WANTED_HIGHEST)));
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .select(
            dsl.select(WANTED.STREAM_ID, WANTED_COUNT)
                .from(rowsOf(WANTED))
                .where(WANTED_LOWEST.eq(inline(0L)).or(known))
                .orderBy(ArrayAppendSql.inOneOrder(WANTED.STREAM_ID)))
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
        .from(dsl.select(count().as(count)).from(rowsOf(BASED)).asTable("c"))
        .where(count.gt(inline(0)));
  }

  private static Table<?> based(Table<?> events) {
    return rowsOf(BASED)
        .crossJoin(table(ANNOUNCED))
        .join(events)
        .on(BASED.STREAM_ID.eq(NEW.STREAM_ID));
  }

  /** What was written, with each event's number among those of its stream. */
  private static ResultQuery<?> number(DSLContext dsl) {
    return dsl.select(
            WRITTEN.STREAM_ID,
            WRITTEN.SEQ,
            WRITTEN.GLOBAL_POSITION,
            WRITTEN.SEQ.minus(BASE).as(NUMBER.getUnqualifiedName()))
        .from(rowsOf(WRITTEN))
        .join(rowsOf(BASED))
        .on(BASED.STREAM_ID.eq(WRITTEN.STREAM_ID));
  }

  private static ResultQuery<?> label(DSLContext dsl, PositionProtocol writing) {
    return ArrayAppendSql.label(
        dsl,
        rowsOf(NUMBERED)
            .join(ArrayAppendSql.labels(writing))
            .on(LABELS.STREAM_ID.eq(NUMBERED.STREAM_ID).and(LABELS.SEQ.eq(NUMBER))),
        NUMBERED);
  }
}
