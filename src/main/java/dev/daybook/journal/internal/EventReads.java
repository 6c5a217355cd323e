package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.jooq.tables.EventsTags;
import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.StreamQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectConditionStep;

/** Which statement answers a query. Those without filters are rendered already. */
final class EventReads {

  // No table of a store can have these names.
  private static final EventsTags DRIVING = EVENTS_TAGS.as("t$");
  private static final EventsTags OTHER = EVENTS_TAGS.as("o$");

  /** Those of an event, but for its position, which the index of tags has in order. */
  private static final List<Field<?>> LED_COLUMNS = ledColumns();

  /**
   * A statement and its parameters.
   *
   * @param once whether the statement was rendered for this one use
   */
  record Read(Rendered sql, boolean once, Consumer<Prepared> parameters) {}

  private EventReads() {}

  private static List<Field<?>> ledColumns() {
    List<Field<?>> columns = new ArrayList<>(EventRows.COLUMNS);
    columns.set(columns.indexOf(EVENTS.GLOBAL_POSITION), DRIVING.GLOBAL_POSITION);
    return columns;
  }

  /**
   * @param to up to which position to read, if the query is across streams
   */
  static Read of(EventQuery query, long to, JournalStatements statements, DSLContext dsl) {
    return query instanceof StreamQuery stream
        ? ofStream(stream, statements, dsl)
        : ofJournal((JournalQuery) query, to, statements, dsl);
  }

  private static Read ofStream(StreamQuery query, JournalStatements statements, DSLContext dsl) {
    boolean filtered = !query.types().isEmpty();
    Rendered plain = query.backwards() ? statements.backwards : statements.forwards;
    return new Read(
        filtered ? Rendered.of(dsl, filtered(query, dsl)) : plain,
        filtered,
        prepared ->
            prepared
                .set(JournalStatements.STREAM_ID, query.streamId())
                .set(JournalStatements.SEQ, query.from())
                .set(JournalStatements.TO_SEQ, query.to())
                .set(JournalStatements.LIMIT, query.limit()));
  }

  private static Read ofJournal(
      JournalQuery query, long to, JournalStatements statements, DSLContext dsl) {
    boolean filtered = isFiltered(query);
    return new Read(
        filtered ? Rendered.of(dsl, filtered(query, dsl)) : statements.after,
        filtered,
        prepared ->
            prepared
                .set(JournalStatements.POSITION, query.after())
                .set(JournalStatements.TO_POSITION, to)
                .set(JournalStatements.LIMIT, query.limit()));
  }

  /** Whether a query leaves out any event between its bounds. */
  static boolean isFiltered(JournalQuery query) {
    return !(query.types().isEmpty()
        && query.allOf().isEmpty()
        && query.anyOf().isEmpty()
        && query.noneOf().isEmpty()
        && query.streamPrefix().isEmpty());
  }

  private static Query filtered(StreamQuery query, DSLContext dsl) {
    return dsl.select(EventRows.COLUMNS)
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(JournalStatements.STREAM_ID))
        .and(EVENTS.SEQ.between(JournalStatements.SEQ, JournalStatements.TO_SEQ))
        .and(EVENTS.EVENT_TYPE.in(query.types()))
        .orderBy(query.backwards() ? EVENTS.SEQ.desc() : EVENTS.SEQ.asc())
        .limit(Dialect.of(dsl).rowOrder().limit(JournalStatements.LIMIT));
  }

  /**
   * A tag that every event must have leads: the index hands out its events in the order of their
   * positions, and each is looked up by position. Where one of several tags is enough, each of them
   * leads to the events that have none of those before it. Otherwise the journal itself is walked.
   */
  private static Query filtered(JournalQuery query, DSLContext dsl) {
    RowOrder order = Dialect.of(dsl).rowOrder();
    Field<Long> limit = order.limit(JournalStatements.LIMIT);
    List<String> allOf = new ArrayList<>(query.allOf());
    List<String> anyOf = new ArrayList<>(query.anyOf());
    if (anyOf.size() == 1) {
      allOf.addAll(anyOf);
      anyOf.clear();
    }
    if (!allOf.isEmpty()) {
      return led(allOf, anyOf, query, dsl).orderBy(DRIVING.GLOBAL_POSITION).limit(limit);
    }
    if (!anyOf.isEmpty()) {
      return order.merged(ledByEach(anyOf, query, dsl), JournalStatements.LIMIT);
    }
    return walked(query, dsl).orderBy(EVENTS.GLOBAL_POSITION).limit(limit);
  }

  private static List<SelectConditionStep<Record>> ledByEach(
      List<String> tags, JournalQuery query, DSLContext dsl) {
    List<SelectConditionStep<Record>> parts = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      SelectConditionStep<Record> part = led(tags.subList(i, i + 1), List.of(), query, dsl);
      parts.add(
          i == 0 ? part : part.andNot(tagged(DRIVING.GLOBAL_POSITION, tags.subList(0, i), dsl)));
    }
    return parts;
  }

  /**
   * The event is looked up by an expression: otherwise PostgreSQL may walk all events along with
   * those of the tag, from the first one on.
   */
  private static SelectConditionStep<Record> led(
      List<String> allOf, List<String> anyOf, JournalQuery query, DSLContext dsl) {
    SelectConditionStep<Record> led =
        dsl.select(LED_COLUMNS)
            .from(DRIVING)
            .join(EVENTS)
            .on(EVENTS.GLOBAL_POSITION.eq(DRIVING.GLOBAL_POSITION.plus(inline(0L))))
            .where(DRIVING.TAG.eq(allOf.get(0)))
            .and(DRIVING.GLOBAL_POSITION.gt(JournalStatements.POSITION))
            .and(DRIVING.GLOBAL_POSITION.le(JournalStatements.TO_POSITION));
    for (String tag : allOf.subList(1, allOf.size())) {
      led = led.and(tagged(DRIVING.GLOBAL_POSITION, List.of(tag), dsl));
    }
    if (!anyOf.isEmpty()) {
      led = led.and(tagged(DRIVING.GLOBAL_POSITION, anyOf, dsl));
    }
    return led.and(filters(query, DRIVING.GLOBAL_POSITION, dsl));
  }

  private static SelectConditionStep<Record> walked(JournalQuery query, DSLContext dsl) {
    return dsl.select(EventRows.COLUMNS)
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.gt(JournalStatements.POSITION))
        .and(EVENTS.GLOBAL_POSITION.le(JournalStatements.TO_POSITION))
        .and(filters(query, EVENTS.GLOBAL_POSITION, dsl));
  }

  private static Condition filters(JournalQuery query, Field<Long> position, DSLContext dsl) {
    Condition filters = noCondition();
    if (!query.noneOf().isEmpty()) {
      filters = filters.andNot(tagged(position, query.noneOf(), dsl));
    }
    if (!query.types().isEmpty()) {
      filters = filters.and(EVENTS.EVENT_TYPE.in(query.types()));
    }
    return filters.and(inStreams(query.streamPrefix()));
  }

  /** By an expression, so that the events stay in the order of their positions without a sort. */
  private static Condition inStreams(String prefix) {
    if (prefix.isEmpty()) {
      return noCondition();
    }
    Field<String> streamId = concat(EVENTS.STREAM_ID, inline(""));
    Condition behindStart = streamId.ge(prefix);
    return PrefixRange.end(prefix)
        .map(end -> behindStart.and(streamId.lt(end)))
        .orElse(behindStart);
  }

  /**
   * Looks one tag's entry up after the other. The limit keeps a planner from making a join of it,
   * which may read the event before its tags, or all that have the tag before the first event.
   */
  private static Condition tagged(Field<Long> position, Collection<String> anyOf, DSLContext dsl) {
    return exists(
        selectOne()
            .from(OTHER)
            .where(OTHER.TAG.in(anyOf))
            .and(OTHER.GLOBAL_POSITION.eq(position))
            .limit(Dialect.of(dsl).rowOrder().limit(inline(1L))));
  }
}
