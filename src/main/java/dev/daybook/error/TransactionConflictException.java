package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * Another transaction got in the way of this one, which was rolled back: the two wrote the same
 * rows, or waited for each other. What a repository does in a transaction of its own is tried again
 * by itself a few times first.
 */
public final class TransactionConflictException extends TransientException {

  private static final long serialVersionUID = 1L;

  public TransactionConflictException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
