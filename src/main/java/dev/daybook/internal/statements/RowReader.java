package dev.daybook.internal.statements;

/** Makes a value of a row. The row can't be used after the call. */
@FunctionalInterface
public interface RowReader<T> {
  T read(Row row);
}
