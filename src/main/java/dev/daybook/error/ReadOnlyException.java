package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * Something was to be written by a Daybook that was {@linkplain dev.daybook.DaybookBuilder#readOnly
 * opened to be read}, or in a database or a transaction that takes no writes. Nothing of it was
 * written.
 */
public final class ReadOnlyException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ReadOnlyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
