package dev.daybook.internal.dialect.sqlite;

import static org.jooq.impl.DSL.one;

import dev.daybook.internal.dialect.RowOrder;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.SelectOrderByStep;

/** SQLite sorts only what no index has in order, and merges the parts of a compound query. */
final class SqliteRowOrder implements RowOrder {

  @Override
  public Field<Long> limit(Field<Long> rows) {
    return rows;
  }

  @Override
  public <R extends Record> Select<R> all(SelectLimitStep<R> query) {
    return query;
  }

  @Override
  public <R extends Record> Select<R> merged(
      List<? extends SelectOrderByStep<R>> parts, boolean descending, Field<Long> limit) {
    SelectOrderByStep<R> all = parts.get(0);
    for (SelectOrderByStep<R> part : parts.subList(1, parts.size())) {
      all = all.unionAll(part);
    }
    return all.orderBy(descending ? one().desc() : one().sortDefault()).limit(limit);
  }
}
