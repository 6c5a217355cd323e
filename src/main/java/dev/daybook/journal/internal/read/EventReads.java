package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static org.jooq.impl.DSL.param;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;

/**
 * Which statement answers a query. Queries of one shape, which differ in their values only, share a
 * statement that is rendered once. Safe for several threads.
 */
public final class EventReads {

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

  /** A query as a separate statement, and with its question before it. */
  public record Asking(Script alone, Script asking) {}

  private final JournalStatements statements;
  private final Optional<Script> watermark;
  private final DSLContext dsl;
  private final EventSelects selects;
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
   * @param watermark selects up to which position a query across streams may read; empty without a
   *     limit
   */
  public EventReads(JournalStatements statements, Optional<Script> watermark, DSLContext dsl) {
    this.statements = statements;
    this.watermark = watermark;
    this.dsl = dsl;
    this.selects = new EventSelects(dsl, statements.verifies);
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
   * @param looked receives each row, whose column {@link #readableColumn} says whether the stream
   *     is {@linkplain StreamRow#readable readable}
   */
  Read ofStream(StreamQuery query, Consumer<Row> looked) {
    return read(
        query.isNewestFirst() ? backwards : forwards,
        EventFilter.of(query),
        bounds(query),
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
        bounds(query, to),
        row -> EventRows.read(row, statements.verifies));
  }

  /**
   * Counts the events that a read of the query would find.
   *
   * @param to up to which position to count, if the query is across streams
   */
  RowQuery<Long> count(EventQuery query, long to) {
    Consumer<Execution> bounds;
    EventFilter filter;
    if (query instanceof StreamQuery stream) {
      bounds = bounds(stream);
      filter = EventFilter.of(stream);
    } else {
      bounds = bounds((JournalQuery) query, to);
      filter = EventFilter.of((JournalQuery) query);
    }
    Prepared prepared = prepared(filter.shape().counting(), filter.values());
    return RowQuery.of(
        prepared.query().alone(),
        prepared.once(),
        bounds.andThen(prepared.values()),
        row -> row.number(1));
  }

  private static Consumer<Execution> bounds(StreamQuery query) {
    return execution -> {
      execution
          .set(JournalStatements.STREAM_ID, query.streamId())
          .set(JournalStatements.SEQ, query.from())
          .set(JournalStatements.TO_SEQ, query.to())
          .set(JournalStatements.LIMIT, query.limit());
      setTimes(execution, query.recordedFrom(), query.recordedBefore());
    };
  }

  private static Consumer<Execution> bounds(JournalQuery query, long to) {
    return execution -> {
      execution
          .set(JournalStatements.POSITION, query.after())
          .set(JournalStatements.TO_POSITION, Math.min(to, query.upTo()))
          .set(JournalStatements.LIMIT, query.limit());
      setTimes(execution, query.recordedFrom(), query.recordedBefore());
    };
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
    if (filter.shape().isUnfiltered()) {
      return new Read(unfiltered, false, bounds, rows);
    }
    Prepared prepared = prepared(filter.shape(), filter.values());
    return new Read(prepared.query(), prepared.once(), bounds.andThen(prepared.values()), rows);
  }

  /**
   * The statement of a shape, and what sets the filter's values.
   *
   * @param once whether the statement was rendered for this one use
   */
  private record Prepared(Asking query, boolean once, Consumer<Execution> values) {}

  private Prepared prepared(EventFilter.Shape shape, List<String> values) {
    Filtered known = kept.get(shape);
    boolean keep =
        known != null || (values.size() <= MOST_VALUES_KEPT && kept.size() < MOST_SHAPES_KEPT);
    Filtered filtered = keep ? kept.computeIfAbsent(shape, this::filtered) : filtered(shape);
    return new Prepared(
        filtered.query(),
        !keep,
        execution -> {
          for (int i = 0; i < values.size(); i++) {
            execution.set(filtered.params().get(i), values.get(i));
          }
        });
  }

  private Filtered filtered(EventFilter.Shape shape) {
    List<Param<String>> params =
        Stream.generate(() -> param(EVENTS_TAGS.TAG)).limit(shape.values()).toList();
    EventFilter.Places places = shape.places(params);
    Query query = selects.of(shape, places);
    Script script = Script.of(dsl, () -> query);
    boolean asks = !shape.ofStream() && !shape.newestFirst() && !shape.counts();
    return new Filtered(asks ? ofJournal(script) : alone(script), params);
  }
}
