package dev.daybook.internal.input;

import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.Limits;
import java.util.Collection;
import java.util.Objects;

/** Refuses input that breaks one of the {@link Limits}: each rule is here once. */
public final class InputRules {

  private static final int SHOWN_LENGTH = 40;

  private InputRules() {}

  /**
   * Checks a name.
   *
   * @param what what the name names, for the message
   * @throws InvalidInputException if it is empty, too long, or has a character that is not accepted
   */
  public static String requireName(String what, String name) {
    Objects.requireNonNull(name, what);
    if (name.isEmpty()) {
      throw new InvalidInputException(
          "%s is empty; expected 1 to %s characters".formatted(what, Limits.MAX_NAME_LENGTH));
    }
    if (name.length() > Limits.MAX_NAME_LENGTH) {
      throw new InvalidInputException(
          "%s has %s characters; expected at most %s: %s"
              .formatted(what, name.length(), Limits.MAX_NAME_LENGTH, shown(name)));
    }
    return requireText(what, name);
  }

  /**
   * Checks text of any length, as a name or a prefix of one.
   *
   * @throws InvalidInputException if it has a control character or an unpaired surrogate
   */
  public static String requireText(String what, String text) {
    Objects.requireNonNull(text, what);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new InvalidInputException(
            "%s has the control character U+%04X at index %s: %s"
                .formatted(what, (int) c, i, shown(text)));
      }
      i = requirePaired(what, text, i);
    }
    return text;
  }

  /**
   * Checks that text can be stored and read back as it is.
   *
   * @throws InvalidInputException if it has an unpaired surrogate
   */
  public static String requireUnicode(String what, String text) {
    Objects.requireNonNull(text, what);
    for (int i = 0; i < text.length(); i++) {
      i = requirePaired(what, text, i);
    }
    return text;
  }

  /** Checks a metadata value, in which control characters are allowed and the length is another. */
  public static String requireMetadataValue(String key, String value) {
    Objects.requireNonNull(value, () -> "metadata value of " + key);
    if (value.length() > Limits.MAX_METADATA_VALUE_LENGTH) {
      throw new InvalidInputException(
          "the metadata value of %s has %s characters; expected at most %s"
              .formatted(shown(key), value.length(), Limits.MAX_METADATA_VALUE_LENGTH));
    }
    return requireUnicode("the metadata value of " + key, value);
  }

  /**
   * Checks the version or the lineage of an entry, which is text that an application has made, such
   * as a state vector: control characters are allowed, and the length is another than a name's.
   *
   * @throws InvalidInputException if it is empty, too long, or has an unpaired surrogate
   */
  public static String requireVersion(String what, String version) {
    Objects.requireNonNull(version, what);
    if (version.isEmpty() || version.length() > Limits.MAX_VERSION_LENGTH) {
      throw new InvalidInputException(
          "the %s has %s characters; expected 1 to %s"
              .formatted(what, version.length(), Limits.MAX_VERSION_LENGTH));
    }
    return requireUnicode("the " + what, version);
  }

  /**
   * Checks the reason of a tombstone, in which control characters are allowed but U+0000.
   *
   * @throws InvalidInputException if it is blank, too long, or has U+0000 or an unpaired surrogate
   */
  public static String requireReason(String reason) {
    Objects.requireNonNull(reason, "reason");
    if (reason.isBlank()) {
      throw new InvalidInputException("the reason is blank; expected a text that says why");
    }
    if (reason.length() > Limits.MAX_REASON_LENGTH) {
      throw new InvalidInputException(
          "the reason has %s characters; expected at most %s"
              .formatted(reason.length(), Limits.MAX_REASON_LENGTH));
    }
    if (reason.indexOf('\0') >= 0) {
      throw new InvalidInputException("the reason has the character U+0000, which is not text");
    }
    return requireUnicode("the reason", reason);
  }

  /**
   * Checks that a number is not negative.
   *
   * @throws InvalidInputException if it is
   */
  public static long requireNotNegative(String what, long number) {
    if (number < 0) {
      throw new InvalidInputException("%s is %s; expected 0 or more".formatted(what, number));
    }
    return number;
  }

  /**
   * Checks that a number is in a range.
   *
   * @param lowest the lowest number that is accepted
   * @param highest the highest number that is accepted
   * @throws InvalidInputException if it is not
   */
  public static int requireRange(String what, int number, int lowest, int highest) {
    if (number < lowest || number > highest) {
      throw new InvalidInputException(
          "%s is %s; expected %s to %s".formatted(what, number, lowest, highest));
    }
    return number;
  }

  /**
   * Checks a size against its upper limit.
   *
   * @throws InvalidInputException if there are more
   */
  public static void requireAtMost(String what, Collection<?> things, int limit) {
    if (things.size() > limit) {
      throw new InvalidInputException(
          "%s %s; expected at most %s".formatted(things.size(), what, limit));
    }
  }

  private static int requirePaired(String what, String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return i;
    }
    boolean paired =
        Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
    if (!paired) {
      throw new InvalidInputException(
          "%s has the unpaired surrogate U+%04X at index %s".formatted(what, (int) c, i));
    }
    return i + 1;
  }

  private static String shown(String text) {
    String start = text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    return '"' + start.replaceAll("\\p{Cntrl}", "\uFFFD") + '"';
  }
}
