package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/** The superclass of all exceptions of Daybook. */
public abstract class DaybookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected DaybookException(String message) {
    super(message);
  }

  protected DaybookException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
