package dev.daybook.internal.dialect;

import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.SelectOrderByStep;

/**
 * What a query must say for its rows to come one by one in the order of an index: soon the first,
 * and at no time all of them collected and sorted.
 */
public interface RowOrder {

  /** A limit. */
  Field<Long> limit(Field<Long> rows);

  /** All rows of a query that has an order and no limit. */
  <R extends Record> Select<R> all(SelectLimitStep<R> query);

  /**
   * The rows of several queries as one.
   *
   * @param parts two at least, each by an index in the order of its first column
   * @param descending whether the highest value of that column comes first
   * @param limit of them all
   */
  <R extends Record> Select<R> merged(
      List<? extends SelectOrderByStep<R>> parts, boolean descending, Field<Long> limit);
}
