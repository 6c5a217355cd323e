package dev.daybook.transfer.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.row;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.HighWaterMark;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.impl.DSL;

/** What is run on one table, rendered once for a store. */
final class TableSql {

  static final Param<Long> LIMIT = param(Long.class);

  /** The highest position that is read, in a table that has events' positions. */
  static final Param<Long> UP_TO = param(EVENTS.GLOBAL_POSITION);

  /** A stream, a document or a consumer. */
  static final Param<String> ID = param(String.class);

  final StoredTable table;

  /** The next rows after a key. */
  final Script page;

  /** Writes rows whose keys are new; empty where {@link #upsert} is as quick. */
  final Optional<Script> load;

  /** How many rows there are of one id. */
  final Script count;

  final Script upsert;
  final Script delete;

  private final List<Bound<?>> bounds = new ArrayList<>();

  /** A column of the key, and what it is compared with. */
  private record Bound<T>(Field<T> field, Param<T> param) {

    static <T> Bound<T> of(Field<T> field) {
      return new Bound<>(field, DSL.param(field));
    }

    void set(Execution parameters, Object value) {
      parameters.set(param, field.getType().cast(value));
    }

    Condition matches() {
      return field.eq(param);
    }

    Condition behind() {
      return field.gt(param);
    }
  }

  TableSql(DSLContext dsl, StoredTable table) {
    this.table = table;
    table.key.forEach(field -> bounds.add(Bound.of(field)));
    this.page = Script.of(dsl, () -> page(dsl));
    this.load =
        Dialect.of(dsl)
            .loadRows(dsl, table.table, table.columns.fields())
            .map(query -> Script.of(dsl, () -> query));
    this.count = Script.of(dsl, () -> count(dsl));
    this.upsert = Script.of(dsl, () -> upsert(dsl));
    this.delete =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(table.table)
                    .where(
                        bounds.stream().map(Bound::matches).reduce(noCondition(), Condition::and)));
  }

  /** Sets the key after which a page begins, or that is deleted. */
  Execution set(Execution parameters, List<Object> key) {
    for (int i = 0; i < bounds.size(); i++) {
      bounds.get(i).set(parameters, key.get(i));
    }
    return parameters;
  }

  /** Whether only rows up to {@link #UP_TO} are read. */
  boolean isUpTo() {
    return table.table == EVENTS || table.table == EVENTS_TAGS;
  }

  private Query page(DSLContext dsl) {
    return dsl.select(table.columns.fields().stream().map(column -> read(dsl, column)).toList())
        .from(table.table)
        .where(behind().and(upTo()))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(table.key)
        .limit(LIMIT);
  }

  private Query count(DSLContext dsl) {
    return dsl.select(DSL.count())
        .from(table.table)
        .where(table.id.eq(ID))
        .and(upTo())
        .and(Dialect.of(dsl).onPrimary());
  }

  /** The high-water mark goes into the copy as it is, wherever the store keeps it. */
  private static Field<?> read(DSLContext dsl, Field<?> column) {
    return column.equals(STREAMS.LAST_SEQ) ? HighWaterMark.of(dsl) : column;
  }

  private Condition behind() {
    return bounds.size() == 1
        ? bounds.get(0).behind()
        : row(table.key).gt(row(bounds.stream().<Field<?>>map(Bound::param).toList()));
  }

  private Condition upTo() {
    if (!isUpTo()) {
      return noCondition();
    }
    Field<Long> position =
        table.table == EVENTS ? EVENTS.GLOBAL_POSITION : EVENTS_TAGS.GLOBAL_POSITION;
    return table.key.contains(position) ? position.le(UP_TO) : asSeen(position).le(UP_TO);
  }

  /** As an expression, so that no index but that of the key is taken. */
  private static Field<Long> asSeen(Field<Long> position) {
    return position.plus(inline(0L));
  }

  private Query upsert(DSLContext dsl) {
    return table.columns.upsert(dsl, unique());
  }

  /**
   * An event is known by its stream and number: one that was moved away and back has another
   * position.
   */
  private List<? extends Field<?>> unique() {
    return table == StoredTable.EVENT_ROWS ? List.of(EVENTS.STREAM_ID, EVENTS.SEQ) : table.key;
  }
}
