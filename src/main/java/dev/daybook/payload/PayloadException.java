package dev.daybook.payload;

import dev.daybook.error.DaybookException;
import org.jspecify.annotations.Nullable;

/**
 * A payload can't be compressed, encrypted, decompressed or decrypted: its key is missing or wrong,
 * it was changed in the database, or its compression is not available here. A payload that can't be
 * restored exactly is never returned.
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
