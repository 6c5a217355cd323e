package dev.daybook.cli.output;

import java.util.regex.Pattern;

/** Text from a store, as one line. */
public final class OneLine {

  /** Tried at the start of white space alone: the time grows with the text, whatever is in it. */
  private static final Pattern BREAK = Pattern.compile("(?<![\\s\\v])[\\s\\v]*?[\\t\\v][\\s\\v]*+");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private OneLine() {}

  /** Without what would break a line, or would be a command to the terminal. */
  public static String of(String text) {
    return CONTROL
        .matcher(BREAK.matcher(text).replaceAll(" "))
        .replaceAll(control -> "\\\\u%04x".formatted((int) control.group().charAt(0)));
  }
}
