package dev.daybook.journal.internal.append;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ANNOUNCED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.BASE;
import static dev.daybook.journal.internal.append.ArrayAppendSql.BEGUN;
import static dev.daybook.journal.internal.append.ArrayAppendSql.BEGUN_ALONE;
import static dev.daybook.journal.internal.append.ArrayAppendSql.CLAIMED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELLED;
import static dev.daybook.journal.internal.append.ArrayAppendSql.LABELS;
import static dev.daybook.journal.internal.append.ArrayAppendSql.ORDINAL;
import static dev.daybook.journal.internal.append.ArrayAppendSql.WRITTEN;
import static dev.daybook.journal.internal.append.ArrayAppendSql.rowsOf;
import static dev.daybook.journal.internal.read.JournalStatements.STREAM_ID;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.StreamState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.WithStep;

/**
 * Appends to one stream as one statement.
 *
 * <p>The stream's row is written first, and waits for other writers of it; then positions are
 * drawn, after all that the stream has. Each statement returns the positions and the sequence
 * numbers.
 */
final class OneStreamAppendSql {

  static final Param<Long> COUNT = param(STREAMS.LAST_SEQ);
  static final Param<Long> LOWEST = param(STREAMS.LAST_SEQ);
  static final Param<Long> HIGHEST = param(STREAMS.LAST_SEQ);
  static final Param<String[]> TAG_NAMES = arrayOf(EVENTS_TAGS.TAG);

  private static final Field<Long> CLAIMED_BASE =
      field(CLAIMED.getUnqualifiedName().append(BASE), Long.class);

  /** How many events there are, and how they come. */
  enum Events {
    /** One, whose columns come one by one: arrays of one element cost more. */
    ONE,
    /** Any number in {@link EventArrays}, all of them {@linkplain EventRow#isPlain plain}. */
    PLAIN,
    /** Any number in {@link EventArrays}. */
    ANY
  }

  /**
   * What a statement is made for.
   *
   * @param alone whether the statement is a transaction by itself
   * @param known whether the stream must have a row
   */
  record Shape(Events events, boolean alone, boolean known, boolean tagged) {}

  private final Map<Shape, Script> statements = new LinkedHashMap<>();
  private final DSLContext dsl;
  private final PositionProtocol writing;

  OneStreamAppendSql(DSLContext dsl, PositionProtocol writing) {
    this.dsl = dsl;
    this.writing = writing;
    for (Events events : Events.values()) {
      for (boolean alone : new boolean[] {true, false}) {
        for (boolean known : new boolean[] {true, false}) {
          for (boolean tagged : new boolean[] {true, false}) {
            Shape shape = new Shape(events, alone, known, tagged);
            statements.put(shape, Script.of(dsl, () -> append(shape)));
          }
        }
      }
    }
  }

  Script of(Shape shape) {
    return Objects.requireNonNull(statements.get(shape));
  }

  /** All of them. */
  Map<Shape, Script> all() {
    return statements;
  }

  private ResultQuery<?> append(Shape shape) {
    WithStep with =
        dsl.with(CLAIMED.getUnqualifiedName()).as(shape.known() ? claimKnown() : claimAny());
    boolean one = shape.events() == Events.ONE;
    boolean announced = !one || !shape.alone();
    if (announced) {
      Field<?> announcement = shape.alone() ? writing.announceAlone() : writing.announce();
      with =
          with.with(ANNOUNCED)
              .asMaterialized(dsl.select(announcement.as(BEGUN)).from(rowsOf(CLAIMED)));
    }
    Table<?> from = announced ? rowsOf(CLAIMED).crossJoin(table(ANNOUNCED)) : rowsOf(CLAIMED);
    Map<TableField<Record, ?>, Field<?>> values = one ? oneEvent(shape) : events(shape);
    Select<?> rows =
        one
            ? dsl.select(values.values()).from(from)
            : EventArrays.rowsTogether(dsl, values, from.crossJoin(arrays(shape)));
    if (!shape.tagged()) {
      return EventArrays.returning(with.insertInto(EVENTS, values.keySet()).select(rows));
    }
    return with.with(WRITTEN.getUnqualifiedName())
        .as(EventArrays.returning(dsl.insertInto(EVENTS, values.keySet()).select(rows)))
        .with(LABELLED)
        .as(ArrayAppendSql.label(dsl, one ? tagsOfOne() : tagsOfMany(), WRITTEN))
        .select(WRITTEN.GLOBAL_POSITION, WRITTEN.SEQ)
        .from(rowsOf(WRITTEN));
  }

  /** One that is alone announces itself with its position, and need not say that it did. */
  private Map<TableField<Record, ?>, Field<?>> oneEvent(Shape shape) {
    Field<Long> seq = CLAIMED_BASE.plus(inline(1L));
    if (shape.alone()) {
      return EventValues.values(
          seq, when(writing.announceAlone().isNotNull(), writing.nextPosition()));
    }
    Map<TableField<Record, ?>, Field<?>> values = EventValues.values(seq, writing.nextPosition());
    values.put(EVENTS.BEGUN_AFTER, writing.begunBefore(ANNOUNCED.append(BEGUN)));
    return values;
  }

  private Map<TableField<Record, ?>, Field<?>> events(Shape shape) {
    Map<TableField<Record, ?>, Field<?>> values =
        EventArrays.values(
            shape.events() == Events.PLAIN,
            STREAM_ID,
            CLAIMED_BASE.plus(ORDINAL),
            writing.nextPosition());
    values.put(
        EVENTS.BEGUN_AFTER,
        when(
            ORDINAL.eq(COUNT),
            shape.alone() ? BEGUN_ALONE : writing.begun(ANNOUNCED.append(BEGUN))));
    return values;
  }

  private Table<?> arrays(Shape shape) {
    return EventArrays.events(writing, shape.events() == Events.PLAIN, List.of(), List.of());
  }

  private Table<?> tagsOfOne() {
    return rowsOf(WRITTEN)
        .crossJoin(
            writing.rows(
                LABELS.getName(),
                List.of(EVENTS_TAGS.TAG.getUnqualifiedName()),
                List.of(TAG_NAMES)));
  }

  private Table<?> tagsOfMany() {
    Field<Long> seq = CLAIMED_BASE.plus(LABELS.SEQ);
    return rowsOf(WRITTEN)
        .crossJoin(rowsOf(CLAIMED))
        .join(ArrayAppendSql.labels(writing))
        .on(WRITTEN.SEQ.eq(seq));
  }

  private ResultQuery<?> claimAny() {
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .values(STREAM_ID, COUNT)
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.LAST_SEQ, STREAMS.LAST_SEQ.plus(excluded(STREAMS.LAST_SEQ)))
        .where(isAsExpected())
        .returning(STREAMS.LAST_SEQ.minus(COUNT).as(BASE));
  }

  private ResultQuery<?> claimKnown() {
    return dsl.update(STREAMS)
        .set(STREAMS.LAST_SEQ, STREAMS.LAST_SEQ.plus(COUNT))
        .where(STREAMS.STREAM_ID.eq(STREAM_ID))
        .and(isAsExpected())
        .returning(STREAMS.LAST_SEQ.minus(COUNT).as(BASE));
  }

  private static Condition isAsExpected() {
    return STREAMS
        .STATE
        .eq(inline(StreamState.ACTIVE.name()))
        .and(STREAMS.LAST_SEQ.between(LOWEST, HIGHEST));
  }
}
