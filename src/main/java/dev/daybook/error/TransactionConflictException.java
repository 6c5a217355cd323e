package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * This transaction conflicted with another one and was rolled back: the two wrote the same rows, or
 * waited for each other. A repository first retries its own transactions a few times.
 */
public final class TransactionConflictException extends TransientException {

  private static final long serialVersionUID = 1L;

  public TransactionConflictException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
