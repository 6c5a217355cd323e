package dev.daybook.cli.options;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes from the command line. */
final class CacheSize implements ITypeConverter<Long> {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([KMG]?)");
  private static final String UNITS = "KMG";

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw refused(text);
    }
    String unit = size.group(2);
    int shift = unit.isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(unit));
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << shift);
    } catch (ArithmeticException e) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "\"%s\" is not a size; expected bytes, or a number followed by K, M or G, such as 64M"
            .formatted(text));
  }
}
