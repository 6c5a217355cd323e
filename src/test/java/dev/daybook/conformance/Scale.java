package dev.daybook.conformance;

/**
 * How many rows the tests write that are to be more than a heap of 64 MB holds: a million in the
 * profile "system", a quarter of it otherwise.
 */
public final class Scale {

  /** The system property with the number. */
  static final String PROPERTY = "daybook.scale.rows";

  /** A multiple of 10,000. */
  public static final int ROWS = Integer.getInteger(PROPERTY, 250_000);

  private Scale() {}
}
