package dev.daybook.journal.internal.read;

import static dev.daybook.internal.dialect.SteadySql.exists;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.selectOne;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.jooq.tables.EventsTags;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.RowReader;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/**
 * Which statement answers a query. Queries of one shape, which differ in their values only, share a
 * statement that is rendered once. Safe for several threads.
 */
public final class EventReads {

  // No table of a store can have these names.
  private static final EventsTags DRIVING = EVENTS_TAGS.as("t$");
  private static final EventsTags OTHER = EVENTS_TAGS.as("o$");

  /** A connection keeps a statement for each shape: so those that are rare are not kept. */
  private static final int MOST_VALUES_KEPT = 8;

  private static final int MOST_SHAPES_KEPT = 64;

  /**
   * A query, its parameters and its rows.
   *
   * @param once whether the query was rendered for this one use
   */
  public record Read(
      Asking query,
      boolean once,
      Consumer<Execution> parameters,
      RowReader<RecordedEvent<EncodedEvent>> rows) {

    /** The same with other values for some of the parameters. */
    Read with(Consumer<Execution> others) {
      return new Read(query, once, parameters.andThen(others), rows);
    }

    public Script sql() {
      return query.alone();
    }

    RowQuery<RecordedEvent<EncodedEvent>> alone() {
      return RowQuery.of(sql(), once, parameters, rows);
    }

    /** With the question for the watermark, if there is one and the query is across streams. */
    RowQuery<RecordedEvent<EncodedEvent>> asking(BiConsumer<Session, Optional<Row>> answered) {
      return RowQuery.asking(query.asking(), once, parameters, rows, answered);
    }
  }

  /** A query as a statement of its own, and with its question before it. */
  public record Asking(Script alone, Script asking) {}

  private final JournalStatements statements;
  private final Optional<Script> watermark;
  private final DSLContext dsl;
  private final Asking forwards;
  private final Asking backwards;
  private final Asking after;
  private final Asking newestFirst;
  private final Map<EventFilter.Shape, Filtered> kept = new ConcurrentHashMap<>();

  /**
   * @param query the query
   * @param params the places of the filter's values, in their order
   */
  private record Filtered(Asking query, List<Param<String>> params) {}

  /**
   * @param watermark selects how far a query across streams may read; empty if there is no limit
   */
  public EventReads(JournalStatements statements, Optional<Script> watermark, DSLContext dsl) {
    this.statements = statements;
    this.watermark = watermark;
    this.dsl = dsl;
    this.forwards = alone(statements.forwards);
    this.backwards = alone(statements.backwards);
    this.after = ofJournal(statements.after);
    this.newestFirst = alone(statements.newestFirst);
  }

  private static Asking alone(Script query) {
    return new Asking(query, query);
  }

  private Asking ofJournal(Script query) {
    return watermark
        .map(first -> new Asking(query, Script.inOrder(dsl, first, query)))
        .orElseGet(() -> alone(query));
  }

  /** Those of an event, but for its position, which the index of tags has in order. */
  private List<Field<?>> ledColumns() {
    List<Field<?>> columns = new ArrayList<>(EventRows.columns(statements.verifies));
    columns.set(columns.indexOf(EVENTS.GLOBAL_POSITION), DRIVING.GLOBAL_POSITION);
    return columns;
  }

  /**
   * The read that answers a query.
   *
   * @param to up to which position to read, if the query is across streams
   */
  public Read of(EventQuery query, long to) {
    return query instanceof StreamQuery stream
        ? ofStream(stream, row -> {})
        : ofJournal((JournalQuery) query, to);
  }

  /**
   * @param looked is given each row, whose column {@link #readableColumn} says whether the stream
   *     is {@linkplain StreamRow#readable readable}
   */
  Read ofStream(StreamQuery query, Consumer<Row> looked) {
    return read(
        query.isNewestFirst() ? backwards : forwards,
        EventFilter.of(query),
        prepared -> {
          prepared
              .set(JournalStatements.STREAM_ID, query.streamId())
              .set(JournalStatements.SEQ, query.from())
              .set(JournalStatements.TO_SEQ, query.to())
              .set(JournalStatements.LIMIT, query.limit());
          setTimes(prepared, query.recordedFrom(), query.recordedBefore());
        },
        row -> {
          looked.accept(row);
          return EventRows.readOf(query.streamId(), row, statements.verifies);
        });
  }

  /** It is the same in all rows of a read. */
  int readableColumn() {
    return EventRows.streamColumns(statements.verifies).size() + 1;
  }

  private Read ofJournal(JournalQuery query, long to) {
    return read(
        query.isNewestFirst() ? newestFirst : after,
        EventFilter.of(query),
        prepared -> {
          prepared
              .set(JournalStatements.POSITION, query.after())
              .set(JournalStatements.TO_POSITION, Math.min(to, query.upTo()))
              .set(JournalStatements.LIMIT, query.limit());
          setTimes(prepared, query.recordedFrom(), query.recordedBefore());
        },
        row -> EventRows.read(row, statements.verifies));
  }

  private static void setTimes(
      Execution parameters, Optional<Instant> from, Optional<Instant> before) {
    from.ifPresent(time -> parameters.set(JournalStatements.FROM_TIME, time.toEpochMilli()));
    before.ifPresent(time -> parameters.set(JournalStatements.BEFORE_TIME, time.toEpochMilli()));
  }

  private Read read(
      Asking unfiltered,
      EventFilter filter,
      Consumer<Execution> bounds,
      RowReader<RecordedEvent<EncodedEvent>> rows) {
    EventFilter.Shape shape = filter.shape();
    if (shape.isUnfiltered()) {
      return new Read(unfiltered, false, bounds, rows);
    }
    List<String> values = filter.values();
    Filtered known = kept.get(shape);
    boolean keep =
        known != null || (values.size() <= MOST_VALUES_KEPT && kept.size() < MOST_SHAPES_KEPT);
    Filtered filtered = keep ? kept.computeIfAbsent(shape, this::filtered) : filtered(shape);
    return new Read(
        filtered.query(),
        !keep,
        bounds.andThen(
            prepared -> {
              for (int i = 0; i < values.size(); i++) {
                prepared.set(filtered.params().get(i), values.get(i));
              }
            }),
        rows);
  }

  private Filtered filtered(EventFilter.Shape shape) {
    List<Param<String>> params =
        Stream.generate(() -> param(EVENTS_TAGS.TAG)).limit(shape.values()).toList();
    EventFilter.Places places = shape.places(params);
    if (shape.ofStream()) {
      Query query = ofStream(shape, places);
      return new Filtered(alone(Script.of(dsl, () -> query)), params);
    }
    Query query = ofJournal(shape, places);
    Script rendered = Script.of(dsl, () -> query);
    return new Filtered(shape.newestFirst() ? alone(rendered) : ofJournal(rendered), params);
  }

  private Query ofStream(EventFilter.Shape shape, EventFilter.Places places) {
    return dsl.select(EventRows.streamColumns(statements.verifies))
        .select(StreamRow.readable(JournalStatements.STREAM_ID))
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
   * A tag that every event must have leads: the index hands out its events in the order of their
   * positions, and each is looked up by position. Where one of several tags is enough, each of them
   * leads to the events that have none of those before it. Otherwise the journal itself is walked.
   */
  private Query ofJournal(EventFilter.Shape shape, EventFilter.Places places) {
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
        dsl.select(ledColumns())
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
    return dsl.select(EventRows.columns(statements.verifies))
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
    Condition from = shape.from() ? EVENTS.TS.ge(JournalStatements.FROM_TIME) : noCondition();
    return shape.before() ? from.and(EVENTS.TS.lt(JournalStatements.BEFORE_TIME)) : from;
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
