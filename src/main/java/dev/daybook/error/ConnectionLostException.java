package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the database's server could be opened, or one was lost. It is unknown whether a
 * write in progress was committed. An append that has an expected sequence number or an idempotency
 * key can be repeated safely.
 */
public final class ConnectionLostException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
