package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** A table of a source, and what the columns that are read are called in it. */
final class SourceTable {

  /**
   * A column that is read.
   *
   * @param name what the layout calls it
   * @param others what other versions of the program call it
   */
  record Column(String name, boolean required, List<String> others) {

    static Column required(String name, String... others) {
      return new Column(name, true, List.of(others));
    }

    static Column optional(String name, String... others) {
      return new Column(name, false, List.of(others));
    }
  }

  /**
   * A table that is read.
   *
   * @param name what the layout calls it
   * @param others what other versions of the program call it
   */
  record Layout(String name, boolean required, List<String> others, List<Column> columns) {

    static Layout required(String name, List<String> others, Column... columns) {
      return new Layout(name, true, others, List.of(columns));
    }

    static Layout optional(String name, List<String> others, Column... columns) {
      return new Layout(name, false, others, List.of(columns));
    }
  }

  private final String name;
  private final Map<String, String> columns;

  /**
   * @param columns what each column of the layout is called, as far as it is there
   */
  SourceTable(String name, Map<String, String> columns) {
    this.name = name;
    this.columns = new LinkedHashMap<>(columns);
  }

  /** What it is called. */
  String name() {
    return name;
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** To select from it. */
  Table<Record> from() {
    return DSL.table(DSL.name(name));
  }

  /** A column's value as the driver gives it. */
  Field<Object> column(String column) {
    return column(column, Object.class);
  }

  <T> Field<T> column(String column, Class<T> type) {
    return DSL.field(DSL.name(name, Objects.requireNonNull(columns.get(column), column)), type);
  }

  /** The number of a row that SQLite itself gives to it. */
  Field<Long> rowNumber() {
    return DSL.field(DSL.name(name, "rowid"), Long.class);
  }

  /** A column's bytes: those of a text are its UTF-8. */
  Field<byte[]> bytes(String column) {
    return column(column).cast(SQLDataType.BLOB);
  }

  /** How a column's value is stored. */
  Field<String> kind(String column) {
    return DSL.function(DSL.name("typeof"), SQLDataType.VARCHAR, column(column));
  }

  /**
   * A text.
   *
   * @throws InvalidInputException if it is something else
   */
  static String text(Record row, int index, String what) {
    String text = optionalText(row, index, what);
    if (text == null) {
      throw new InvalidInputException(what + " is NULL; expected text");
    }
    return text;
  }

  /**
   * A text or NULL.
   *
   * @throws InvalidInputException if it is something else
   */
  static @Nullable String optionalText(Record row, int index, String what) {
    Object value = row.get(index);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new InvalidInputException("%s is %s; expected text".formatted(what, shown(value)));
  }

  /**
   * A whole number, which may be stored as a floating-point number.
   *
   * @throws InvalidInputException if it is something else
   */
  static long number(Record row, int index, String what) {
    Object value = row.get(index);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1L << 53) {
      return real.longValue();
    }
    throw new InvalidInputException(
        "%s is %s; expected a whole number".formatted(what, shown(value)));
  }

  /** An id for naming a row, whatever it is. */
  static String id(Record row, int index) {
    Object value = row.get(index);
    return value instanceof String text ? text : shown(value);
  }

  /** A number for naming a row; -1 if it is not one. */
  static long seq(Record row, int index) {
    Object value = row.get(index);
    return value instanceof Number number ? number.longValue() : -1;
  }

  static String shown(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value instanceof String text ? "the text \"" + text + "\"" : value.toString();
  }
}
