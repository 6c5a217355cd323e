package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an event was recorded: ISO 8601 text, or a number in a unit that was given. Kept to the
 * millisecond.
 *
 * @param unit of numbers; {@code null} if there are none
 */
record TimeRule(FieldRule field, @Nullable EpochUnit unit) {

  /** The constant that stands for the time of the import. */
  private static final String NOW = "now";

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");
  private static final Pattern DATE = Pattern.compile("[+-]?\\d{4,10}-\\d{2}-\\d{2}");
  private static final Pattern DATE_AND_TIME =
      Pattern.compile("([^ tT]{10,16})[ tT]([0-9:.,]{5,20})([zZ]|[+-]\\d{2}(?::?\\d{2})?)");

  /** A rule that no line has a time by. */
  static final TimeRule NONE = new TimeRule(new FieldRule(List.of(), null), null);

  /**
   * The time; empty for that of the import.
   *
   * @throws BadLine if there is none, or something else
   */
  Optional<Instant> timeOf(JsonLine line) throws BadLine {
    if (!field.isGiven()) {
      return Optional.empty();
    }
    String text = field.textOf(line);
    return text.equals(NOW) && NOW.equals(field.constant())
        ? Optional.empty()
        : Optional.of(time(text, field.shown(), unit));
  }

  /** Whether a constant is a time. */
  static boolean isConstant(String text) {
    try {
      return text.equals(NOW) || time(text, "", null) != null;
    } catch (BadLine e) {
      return false;
    }
  }

  /**
   * Reads a time.
   *
   * @param where for the message
   */
  static Instant time(String text, String where, @Nullable EpochUnit unit) throws BadLine {
    try {
      if (NUMBER.matcher(text).matches()) {
        return ofNumber(text, where, unit);
      }
      if (DATE.matcher(text).matches()) {
        return inMillis(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      Matcher parts = DATE_AND_TIME.matcher(text);
      if (parts.matches()) {
        return inMillis(
            OffsetDateTime.parse(
                    parts.group(1)
                        + "T"
                        + parts.group(2).replace(',', '.')
                        + offset(parts.group(3)))
                .toInstant());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Reported as any other text.
    }
    throw new BadLine(
        "a time such as 2026-03-01T12:00:00Z, with its offset, was expected at %s, and there is \"%s\""
            .formatted(where, shortened(text)),
        0);
  }

  /**
   * @throws ArithmeticException if there are too many
   */
  private static Instant inMillis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private static Instant ofNumber(String text, String where, @Nullable EpochUnit unit)
      throws BadLine {
    if (unit == null) {
      throw new BadLine(
          "a time is expected at %s, and there is the number %s; --time-unit says whether it counts %s"
              .formatted(where, text, EpochUnit.NAMES),
          0);
    }
    return unit.time(new BigDecimal(text));
  }

  private static String offset(String text) {
    return switch (text.length()) {
      case 1 -> "Z";
      case 3 -> text + ":00";
      case 5 -> text.substring(0, 3) + ":" + text.substring(3);
      default -> text;
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  String options() {
    return field.options("time") + (unit == null ? "" : " --time-unit " + unit);
  }
}
