package dev.daybook.cli.output;

import java.util.Locale;

/** Whether output has colours. */
public enum Color {
  /** On a terminal, unless the environment says otherwise. */
  AUTO,
  /** Always, also in a pipe. */
  ALWAYS,
  /** Never. */
  NEVER;

  private static final String OPTION = "--color";

  /**
   * What a command line says, which is needed before it is parsed: the message that it is wrong has
   * colours, too.
   */
  public static Color of(String... args) {
    Color color = AUTO;
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      String word =
          args[i].startsWith(OPTION + "=")
              ? args[i].substring(OPTION.length() + 1)
              : args[i].equals(OPTION) && i + 1 < args.length ? args[i + 1] : "";
      for (Color each : values()) {
        color = each.toString().equalsIgnoreCase(word) ? each : color;
      }
    }
    return color;
  }

  /** The word for it on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
