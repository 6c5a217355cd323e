package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.daybook.internal.jooq.tables.EventsTags;
import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.StreamQuery;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;

/** Which statement answers a query. Those without filters are rendered already. */
final class EventReads {

  // No table of a store can have these names.
  private static final EventsTags DRIVING = EVENTS_TAGS.as("t$");
  private static final EventsTags OTHER = EVENTS_TAGS.as("o$");

  /**
   * A statement and its parameters.
   *
   * @param once whether the statement was rendered for this one use
   */
  record Read(Rendered sql, boolean once, Consumer<Prepared> parameters) {}

  private EventReads() {}

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
        .limit(JournalStatements.LIMIT);
  }

  /**
   * A tag that every event must have leads: the index hands out its events in the order of their
   * positions, and each is looked up by position. Where one of several tags is enough, their
   * positions are collected first. Otherwise the journal itself is walked.
   */
  private static Query filtered(JournalQuery query, DSLContext dsl) {
    List<String> required = new ArrayList<>(query.allOf());
    Set<String> anyOf = query.anyOf();
    if (anyOf.size() == 1) {
      required.addAll(anyOf);
      anyOf = Set.of();
    }
    return required.isEmpty() ? walked(query, anyOf, dsl) : led(query, required, anyOf, dsl);
  }

  private static Query led(
      JournalQuery query, List<String> required, Set<String> anyOf, DSLContext dsl) {
    Iterator<String> tags = required.iterator();
    List<Condition> conditions = new ArrayList<>();
    conditions.add(DRIVING.TAG.eq(tags.next()));
    conditions.add(DRIVING.GLOBAL_POSITION.gt(JournalStatements.POSITION));
    conditions.add(DRIVING.GLOBAL_POSITION.le(JournalStatements.TO_POSITION));
    while (tags.hasNext()) {
      conditions.add(tagged(DRIVING.GLOBAL_POSITION, Set.of(tags.next())));
    }
    if (!anyOf.isEmpty()) {
      conditions.add(tagged(DRIVING.GLOBAL_POSITION, anyOf));
    }
    addFilters(conditions, query, DRIVING.GLOBAL_POSITION);
    return dsl.select(EventRows.COLUMNS)
        .from(DRIVING)
        .join(EVENTS)
        .on(EVENTS.GLOBAL_POSITION.eq(DRIVING.GLOBAL_POSITION))
        .where(conditions)
        .orderBy(DRIVING.GLOBAL_POSITION)
        .limit(JournalStatements.LIMIT);
  }

  private static Query walked(JournalQuery query, Set<String> anyOf, DSLContext dsl) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(EVENTS.GLOBAL_POSITION.gt(JournalStatements.POSITION));
    conditions.add(EVENTS.GLOBAL_POSITION.le(JournalStatements.TO_POSITION));
    if (!anyOf.isEmpty()) {
      conditions.add(
          EVENTS.GLOBAL_POSITION.in(
              select(OTHER.GLOBAL_POSITION)
                  .from(OTHER)
                  .where(OTHER.TAG.in(anyOf))
                  .and(OTHER.GLOBAL_POSITION.gt(JournalStatements.POSITION))));
    }
    addFilters(conditions, query, EVENTS.GLOBAL_POSITION);
    return dsl.select(EventRows.COLUMNS)
        .from(EVENTS)
        .where(conditions)
        .orderBy(EVENTS.GLOBAL_POSITION)
        .limit(JournalStatements.LIMIT);
  }

  private static void addFilters(
      List<Condition> conditions, JournalQuery query, Field<Long> position) {
    if (!query.noneOf().isEmpty()) {
      conditions.add(
          notExists(
              selectOne()
                  .from(OTHER)
                  .where(OTHER.TAG.in(query.noneOf()))
                  .and(OTHER.GLOBAL_POSITION.eq(position))));
    }
    if (!query.types().isEmpty()) {
      conditions.add(EVENTS.EVENT_TYPE.in(query.types()));
    }
    addPrefix(conditions, query.streamPrefix());
  }

  /** By an expression, so that the events stay in the order of their positions without a sort. */
  private static void addPrefix(List<Condition> conditions, String prefix) {
    if (!prefix.isEmpty()) {
      Field<String> streamId = concat(EVENTS.STREAM_ID, inline(""));
      conditions.add(streamId.ge(prefix));
      PrefixRange.end(prefix).ifPresent(end -> conditions.add(streamId.lt(end)));
    }
  }

  /** The limit keeps SQLite from making a join of it, which may read the event before its tags. */
  private static Condition tagged(Field<Long> position, Set<String> anyOf) {
    return exists(
        selectOne()
            .from(OTHER)
            .where(OTHER.TAG.in(anyOf))
            .and(OTHER.GLOBAL_POSITION.eq(position))
            .limit(1));
  }
}
