package dev.daybook.cli.output;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A component of a result.
 *
 * @param value empty if the component is an {@code Optional} without one
 * @param jsonOnly whether it is left out of tables
 */
record ResultField(String name, Optional<?> value, boolean jsonOnly) {

  /** All of one width. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  static List<ResultField> of(Record result) {
    List<ResultField> fields = new ArrayList<>();
    for (RecordComponent component : result.getClass().getRecordComponents()) {
      fields.add(
          new ResultField(
              component.getName(),
              value(result, component),
              component.isAnnotationPresent(JsonOnly.class)));
    }
    return fields;
  }

  /** The name as a column's header, such as {@code LAST POSITION}. */
  String header() {
    return name.replaceAll("(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }

  boolean isNumber() {
    return value.filter(it -> it instanceof Number).isPresent();
  }

  /** Whether half of it would be another value. */
  boolean isWhole() {
    return value.filter(it -> it instanceof Number || it instanceof Instant).isPresent();
  }

  /** The value for people. */
  String text() {
    return value.map(ResultField::text).orElse("");
  }

  static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Instant time) {
      return TIME.format(time);
    }
    return value instanceof Iterable<?> values
        ? StreamSupport.stream(values.spliterator(), false)
            .map(ResultField::text)
            .collect(Collectors.joining(" "))
        : value.toString();
  }

  private static Optional<?> value(Record result, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(result);
      if (value instanceof OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
      }
      return value instanceof Optional<?> optional ? optional : Optional.of(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(result.getClass() + " has a component that can't be read", e);
    }
  }
}
