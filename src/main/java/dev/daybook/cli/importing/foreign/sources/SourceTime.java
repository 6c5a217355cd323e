package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.cli.importing.EpochUnit;
import dev.daybook.error.InvalidInputException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as programs in Go store them: as text, or as a number of units since 1970. */
final class SourceTime {

  /**
   * What Go adds to a time that it prints: the name of the zone, and a reading of another clock.
   */
  private static final Pattern AFTER_OFFSET = Pattern.compile("(?<=[+-]\\d\\d:?\\d\\d) .*");

  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SourceTime() {}

  /**
   * A time, to the millisecond; what is finer is cut off.
   *
   * @param unit the unit of numbers; {@code null} if there should be none
   * @throws InvalidInputException if it is not a time, or a number of unknown unit
   */
  static Instant of(@Nullable Object value, @Nullable EpochUnit unit, String column) {
    if (value instanceof Integer || value instanceof Long) {
      if (unit == null) {
        throw new InvalidInputException(
            "%s is the number %s; --time-unit says whether it counts %s"
                .formatted(column, value, EpochUnit.NAMES));
      }
      return unit.time(BigDecimal.valueOf(((Number) value).longValue()));
    }
    if (value instanceof String text) {
      return parsed(text, column);
    }
    throw new InvalidInputException(
        "%s is %s; expected a time".formatted(column, SourceTable.shown(value)));
  }

  private static Instant parsed(String text, String column) {
    String iso =
        AFTER_OFFSET.matcher(text).replaceFirst("").replaceFirst("^(\\S+) (\\S+) ?", "$1T$2");
    try {
      return OffsetDateTime.parse(iso, TEXT).toInstant().truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          "%s is the text \"%s\"; expected a time such as 2026-01-31T10:00:00.123Z"
              .formatted(column, text));
    }
  }
}
