package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * The time of a call of {@link dev.daybook.Daybook#withDeadline} has passed. Nothing was written:
 * the same call can be repeated.
 */
public final class DeadlineException extends TransientException {

  private static final long serialVersionUID = 1L;

  public DeadlineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
