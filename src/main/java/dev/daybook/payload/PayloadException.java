package dev.daybook.payload;

import dev.daybook.error.DaybookException;
import org.jspecify.annotations.Nullable;

/**
 * A payload can't be compressed, encrypted, or brought back: its key is missing or is another one,
 * or it was tampered with, or its compression is not available here. What can't be brought back as
 * it was is never returned.
 */
public final class PayloadException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public PayloadException(String message) {
    super(message);
  }

  public PayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
