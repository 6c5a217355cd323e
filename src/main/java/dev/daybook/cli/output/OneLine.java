package dev.daybook.cli.output;

import java.util.regex.Pattern;

/** Text from a store, as one line. */
public final class OneLine {

  /** As much of it as there is: the time grows with the text, whatever is in it. */
  private static final Pattern SPACE = Pattern.compile("[\\s\\v]++");

  private static final Pattern BREAK = Pattern.compile("[\\t\\v]");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private OneLine() {}

  /** Without what would break a line, or would be a command to the terminal. */
  public static String of(String text) {
    String unbroken = SPACE.matcher(text).replaceAll(space -> unbroken(space.group()));
    return CONTROL
        .matcher(unbroken)
        .replaceAll(control -> "\\\\u%04x".formatted((int) control.group().charAt(0)));
  }

  private static String unbroken(String space) {
    return BREAK.matcher(space).find() ? " " : space;
  }
}
