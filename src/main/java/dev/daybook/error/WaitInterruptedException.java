package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted while it waited or read, and still is. Nothing was written. If a write
 * had begun, an {@link OutcomeUnknownException} is thrown instead.
 */
public final class WaitInterruptedException extends TransientException {

  private static final long serialVersionUID = 1L;

  public WaitInterruptedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
