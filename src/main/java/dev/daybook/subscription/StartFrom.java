package dev.daybook.subscription;

import dev.daybook.internal.input.InputRules;

/** Where a subscription begins that has no checkpoint yet. */
public sealed interface StartFrom {

  /** With the first event of the journal. */
  static StartFrom beginning() {
    return new Position(0);
  }

  /** With the first event that is appended after it was started for the first time. */
  static StartFrom end() {
    return new End();
  }

  /**
   * With the first event after a position.
   *
   * @throws dev.daybook.error.InvalidInputException if the position is negative
   */
  static StartFrom position(long position) {
    return new Position(position);
  }

  /** See {@link #position}. */
  record Position(long position) implements StartFrom {

    /**
     * @throws dev.daybook.error.InvalidInputException if the position is negative
     */
    public Position {
      InputRules.requireNotNegative("the position to start from", position);
    }
  }

  /** See {@link #end}. */
  record End() implements StartFrom {}
}
