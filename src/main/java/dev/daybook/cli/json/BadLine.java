package dev.daybook.cli.json;

import dev.daybook.internal.json.JsonFlaw;

/** A line is not what was expected. The message says why. */
public final class BadLine extends Exception {

  private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column the number of the character that is wrong, from 1; 0 if it is unknown
   */
  public BadLine(String reason, int column) {
    super(reason);
    this.column = column;
  }

  public BadLine(JsonFlaw flaw, byte[] line) {
    this(flaw.reason(), flaw.columnIn(line));
  }

  public String reason() {
    return String.valueOf(getMessage());
  }

  public int column() {
    return column;
  }
}
