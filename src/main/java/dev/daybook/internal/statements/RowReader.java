package dev.daybook.internal.statements;

/** Makes a value of a row. The row is of no use after the call. */
@FunctionalInterface
public interface RowReader<T> {
  T read(Row row);
}
