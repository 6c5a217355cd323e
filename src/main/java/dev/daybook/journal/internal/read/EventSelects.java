package dev.daybook.journal.internal.read;

import static dev.daybook.internal.dialect.SteadySql.exists;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.jooq.tables.EventsTags;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/** Renders the query of a filter's shape: a select of events, or one that counts them. */
final class EventSelects {

  // No table of a store can have these names.
  private static final EventsTags DRIVING = EVENTS_TAGS.as("t$");
  private static final EventsTags OTHER = EVENTS_TAGS.as("o$");
  private static final String COUNTED = "c$";

  private final DSLContext dsl;
  private final boolean verifies;

  /**
   * @param verifies whether each event that is read is verified by its checksum
   */
  EventSelects(DSLContext dsl, boolean verifies) {
    this.dsl = dsl;
    this.verifies = verifies;
  }

  Query of(EventFilter.Shape shape, EventFilter.Places places) {
    Select<?> events = shape.ofStream() ? ofStream(shape, places) : ofJournal(shape, places);
    return shape.counts() ? dsl.selectCount().from(events.asTable(COUNTED)) : events;
  }

  /** Those of an event, but for its position, which the index of tags has in order. */
  private List<Field<?>> ledColumns(EventFilter.Shape shape) {
    if (shape.counts()) {
      return List.of(DRIVING.GLOBAL_POSITION);
    }
    List<Field<?>> columns = new ArrayList<>(EventRows.columns(verifies));
    columns.set(columns.indexOf(EVENTS.GLOBAL_POSITION), DRIVING.GLOBAL_POSITION);
    return columns;
  }

  private List<Field<?>> streamColumns(EventFilter.Shape shape) {
    if (shape.counts()) {
      return List.of(EVENTS.SEQ);
    }
    List<Field<?>> columns = new ArrayList<>(EventRows.streamColumns(verifies));
    columns.add(StreamRow.readable(JournalStatements.STREAM_ID));
    return columns;
  }

  private Select<?> ofStream(EventFilter.Shape shape, EventFilter.Places places) {
    return dsl.select(streamColumns(shape))
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(JournalStatements.STREAM_ID))
        .and(EVENTS.SEQ.between(JournalStatements.SEQ, JournalStatements.TO_SEQ))
        .and(ofTypes(places))
        .and(inTime(shape))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(shape.newestFirst() ? EVENTS.SEQ.desc() : EVENTS.SEQ.asc())
        .limit(Dialect.of(dsl).rowOrder().limit(JournalStatements.LIMIT));
  }

  /**
   * A tag that every event must have leads: the index has its events in the order of their
   * positions, and each is looked up by position. Where one of several tags is enough, each of them
   * leads to the events that have none of those before it. Otherwise the journal itself is walked.
   */
  private Select<?> ofJournal(EventFilter.Shape shape, EventFilter.Places places) {
    RowOrder order = Dialect.of(dsl).rowOrder();
    Field<Long> limit = order.limit(JournalStatements.LIMIT);
    if (!places.allOf().isEmpty()) {
      return led(places.allOf(), places.anyOf(), shape, places)
          .orderBy(ordered(DRIVING.GLOBAL_POSITION, shape))
          .limit(limit);
    }
    if (!places.anyOf().isEmpty()) {
      return order.merged(ledByEach(shape, places), shape.newestFirst(), JournalStatements.LIMIT);
    }
    return walked(shape, places).orderBy(ordered(EVENTS.GLOBAL_POSITION, shape)).limit(limit);
  }

  private static SortField<Long> ordered(Field<Long> position, EventFilter.Shape shape) {
    return shape.newestFirst() ? position.desc() : position.sortDefault();
  }

  private List<SelectConditionStep<Record>> ledByEach(
      EventFilter.Shape shape, EventFilter.Places places) {
    List<Param<String>> tags = places.anyOf();
    List<SelectConditionStep<Record>> parts = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      SelectConditionStep<Record> part = led(tags.subList(i, i + 1), List.of(), shape, places);
      parts.add(i == 0 ? part : part.andNot(tagged(DRIVING.GLOBAL_POSITION, tags.subList(0, i))));
    }
    return parts;
  }

  /**
   * The event is looked up by an expression: otherwise PostgreSQL may walk all events along with
   * those of the tag, from the first one on.
   */
  private SelectConditionStep<Record> led(
      List<Param<String>> allOf,
      List<Param<String>> anyOf,
      EventFilter.Shape shape,
      EventFilter.Places places) {
    SelectConditionStep<Record> led =
        dsl.select(ledColumns(shape))
            .from(DRIVING)
            .join(EVENTS)
            .on(EVENTS.GLOBAL_POSITION.eq(DRIVING.GLOBAL_POSITION.plus(inline(0L))))
            .where(DRIVING.TAG.eq(allOf.get(0)))
            .and(DRIVING.GLOBAL_POSITION.gt(JournalStatements.POSITION))
            .and(DRIVING.GLOBAL_POSITION.le(JournalStatements.TO_POSITION));
    for (Param<String> tag : allOf.subList(1, allOf.size())) {
      led = led.and(tagged(DRIVING.GLOBAL_POSITION, List.of(tag)));
    }
    if (!anyOf.isEmpty()) {
      led = led.and(tagged(DRIVING.GLOBAL_POSITION, anyOf));
    }
    return led.and(others(shape, places, DRIVING.GLOBAL_POSITION));
  }

  private SelectConditionStep<Record> walked(EventFilter.Shape shape, EventFilter.Places places) {
    List<? extends Field<?>> columns =
        shape.counts() ? List.of(EVENTS.GLOBAL_POSITION) : EventRows.columns(verifies);
    return dsl.select(columns)
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.gt(JournalStatements.POSITION))
        .and(EVENTS.GLOBAL_POSITION.le(JournalStatements.TO_POSITION))
        .and(others(shape, places, EVENTS.GLOBAL_POSITION));
  }

  private Condition others(
      EventFilter.Shape shape, EventFilter.Places places, Field<Long> position) {
    Condition others = Dialect.of(dsl).onPrimary();
    if (!places.noneOf().isEmpty()) {
      others = others.andNot(tagged(position, places.noneOf()));
    }
    return others.and(ofTypes(places)).and(inTime(shape)).and(inStreams(places.streams()));
  }

  private static Condition ofTypes(EventFilter.Places places) {
    return places.types().isEmpty() ? noCondition() : EVENTS.EVENT_TYPE.in(places.types());
  }

  private static Condition inTime(EventFilter.Shape shape) {
    Condition from = shape.hasFrom() ? EVENTS.TS.ge(JournalStatements.FROM_TIME) : noCondition();
    return shape.hasBefore() ? from.and(EVENTS.TS.lt(JournalStatements.BEFORE_TIME)) : from;
  }

  /**
   * By an expression, so that the events stay in the order of their positions without a sort.
   *
   * @param range where the stream ids begin, and where they end if they do
   */
  private static Condition inStreams(List<Param<String>> range) {
    Field<String> streamId = concat(EVENTS.STREAM_ID, inline(""));
    return switch (range.size()) {
      case 0 -> noCondition();
      case 1 -> streamId.ge(range.get(0));
      default -> streamId.ge(range.get(0)).and(streamId.lt(range.get(1)));
    };
  }

  /**
   * Looks one tag's entry up after the other. The limit keeps a planner from making a join of it,
   * which may read the event before its tags, or all that have the tag before the first event.
   */
  private Condition tagged(Field<Long> position, List<Param<String>> anyOf) {
    return exists(
        selectOne()
            .from(OTHER)
            .where(OTHER.TAG.in(anyOf))
            .and(OTHER.GLOBAL_POSITION.eq(position))
            .limit(Dialect.of(dsl).rowOrder().limit(inline(1L))));
  }
}
