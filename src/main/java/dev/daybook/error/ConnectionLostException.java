package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the database's server could be had, or one broke. What was being written then
 * may have been committed or not, and nothing tells which: an append that has an expected sequence
 * number or an idempotency key can be repeated without being made twice.
 */
public final class ConnectionLostException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
