package dev.daybook.subscription.internal.deadletters;

import dev.daybook.internal.callback.Callbacks;
import dev.daybook.subscription.SubscriptionStoppedException;

/** The text that is stored of a failure, shortened if it is long. */
public final class FailureText {

  static final int MOST_REASON = 2_000;
  static final int MOST_STACK_TRACE = 8_000;

  /** The end of a stack trace is where the failure began. */
  private static final int END_OF_STACK_TRACE = 3_000;

  private static final String LEFT_OUT = "…";

  private FailureText() {}

  /** A failure's class and message, or why a subscription has stopped. */
  public static String reason(Throwable failure) {
    String text =
        failure instanceof SubscriptionStoppedException stopped
            ? stopped.problem()
            : Callbacks.text(failure);
    return shortened(text, MOST_REASON, 0);
  }

  static String stackTrace(Throwable failure) {
    return shortened(Callbacks.stackTrace(failure), MOST_STACK_TRACE, END_OF_STACK_TRACE);
  }

  /**
   * Leaves out what is too much.
   *
   * @param end how much of the end is to stay
   */
  private static String shortened(String text, int most, int end) {
    // PostgreSQL has no U+0000 in a text.
    String storable = text.replace('\0', '\uFFFD');
    if (storable.length() <= most) {
      return storable;
    }
    int left = most - LEFT_OUT.length() - end;
    int right = storable.length() - end;
    // Never half of a surrogate pair.
    if (Character.isLowSurrogate(storable.charAt(left))) {
      left--;
    }
    if (right < storable.length() && Character.isLowSurrogate(storable.charAt(right))) {
      right++;
    }
    return storable.substring(0, left) + LEFT_OUT + storable.substring(right);
  }
}
