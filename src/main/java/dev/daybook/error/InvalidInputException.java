package dev.daybook.error;

/**
 * An argument is not valid. The message says what was given and what was expected; nothing has been
 * written. {@link dev.daybook.settings.Limits} lists the limits.
 */
public final class InvalidInputException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }
}
