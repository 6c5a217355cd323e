package dev.daybook.internal.dialect;

import java.util.List;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The pieces of statements that write many rows at once, perhaps those of several callers. */
public interface ManyRows {

  /** The column that numbers the rows of {@link #rows}. */
  Name ORDINAL = DSL.name("ordinal");

  /**
   * The settings of a transaction that writes for several callers, from now on until it ends: it
   * waits only briefly for locks of others, and its statements have the plan that serves any number
   * of rows, so that what stays prepared is planned once. To be selected.
   */
  Field<?> settings();

  /**
   * Arrays as the columns of a table, row by row.
   *
   * @param columns the names of the columns, one for each array
   * @return the table, with one more column, {@link #ORDINAL}, that numbers its rows from 1
   */
  Table<?> rows(String alias, List<Name> columns, List<? extends Param<?>> arrays);

  /** A parameter for many values of a column. */
  static <T> Param<T[]> arrayOf(Field<T> column) {
    return DSL.param(column.getDataType().array());
  }
}
