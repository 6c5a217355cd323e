package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/** Another connection held the database for longer than the busy timeout. */
public final class DatabaseBusyException extends TransientException {

  private static final long serialVersionUID = 1L;

  public DatabaseBusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
