package dev.daybook.conformance;

/**
 * How much the longest tests do: all of it in the profile "system", a part of it otherwise. What
 * they assert is the same.
 */
public final class Scale {

  /** The system property that is "whole" for all of it. */
  static final String PROPERTY = "daybook.scale";

  private static final String CHOSEN = System.getProperty(PROPERTY, "part");

  /** How many rows are more than {@link #HEAP} holds; a multiple of 10,000. */
  public static final int ROWS = of(100_000, 1_000_000);

  /** A small heap, as the JVM is told of it. */
  public static final String HEAP = of(40, 64) + "m";

  private Scale() {}

  /** The second number for all of a test, the first for a part of it. */
  public static int of(int part, int whole) {
    return CHOSEN.equals("whole") ? whole : part;
  }

  /** What a process needs to be told to do as much as this one. */
  static String argument() {
    return "-D" + PROPERTY + "=" + CHOSEN;
  }
}
