package dev.daybook.internal.sql;

import java.util.Collection;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Arrays as parameters, where a database takes them. */
public final class Arrays {

  private Arrays() {}

  /** A parameter for many values of a column. */
  public static <T> Param<T[]> arrayOf(Field<T> column) {
    return DSL.param(column.getDataType().array());
  }

  public static <T> String[] texts(
      Collection<? extends T> rows, Function<? super T, @Nullable String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  public static <T> Long[] numbers(Collection<? extends T> rows, Function<? super T, Long> number) {
    return rows.stream().map(number).toArray(Long[]::new);
  }
}
