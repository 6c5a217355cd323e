package dev.daybook.internal.dialect.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.one;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.SQLDataType.BIGINT;

import dev.daybook.internal.dialect.RowOrder;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.SelectOrderByStep;
import org.jooq.SelectUnionStep;
import org.jooq.SortField;

/**
 * PostgreSQL's planner reads a limit. Where that is high or missing, it may find it cheaper to
 * collect all rows and to sort them: then the first comes last, and the server needs room for all.
 * A limit that is the result of a subquery it can't read, and plans for a tenth of the rows to come
 * soon.
 */
final class PostgresRowOrder implements RowOrder {

  @Override
  public Field<Long> limit(Field<Long> rows) {
    return field(select(rows.cast(BIGINT)));
  }

  @Override
  public <R extends Record> Select<R> all(SelectLimitStep<R> query) {
    return query.limit(limit(inline(Long.MAX_VALUE)));
  }

  /** It merges parts that each have an order. */
  @Override
  public <R extends Record> Select<R> merged(
      List<? extends SelectOrderByStep<R>> parts, boolean descending, Field<Long> limit) {
    SortField<Integer> order = descending ? one().desc() : one().sortDefault();
    SelectOrderByStep<R> all =
        ordered(parts.get(0), order, limit).unionAll(ordered(parts.get(1), order, limit));
    for (SelectOrderByStep<R> part : parts.subList(2, parts.size())) {
      all = all.unionAll(ordered(part, order, limit));
    }
    return all.orderBy(order).limit(limit(limit));
  }

  private <R extends Record> SelectUnionStep<R> ordered(
      SelectOrderByStep<R> part, SortField<Integer> order, Field<Long> limit) {
    return part.orderBy(order).limit(limit(limit));
  }
}
