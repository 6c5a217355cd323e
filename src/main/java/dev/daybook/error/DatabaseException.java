package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/** The database refused or failed for a reason that remains if the call is repeated. */
public final class DatabaseException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
