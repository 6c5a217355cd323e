package dev.daybook.internal.sql;

import org.jspecify.annotations.Nullable;

/** Makes a value of a row. The row is of no use after the call. */
@FunctionalInterface
public interface RowReader<T> {

  /**
   * Returns {@code null} for a row that is not part of the answer any more, and neither is what
   * follows.
   */
  @Nullable T read(Row row);
}
