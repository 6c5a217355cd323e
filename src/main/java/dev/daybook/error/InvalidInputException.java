package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * An argument is not valid. The message says what was given and what was expected; nothing has been
 * written. {@link dev.daybook.settings.Limits} lists the limits.
 */
public final class InvalidInputException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
