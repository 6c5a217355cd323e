package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/** A failure that wrote nothing and may not happen again: the same call can be repeated. */
public abstract class TransientException extends DaybookException {

  private static final long serialVersionUID = 1L;

  protected TransientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
