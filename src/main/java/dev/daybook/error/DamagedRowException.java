package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * A stored row has a value that its table can't have: NULL where there must be a value, text where
 * a number belongs, or a word that has no meaning. Something other than this library has changed
 * it, or its file is damaged. For an event, a document's record or a snapshot there is a separate
 * exception or report.
 */
public final class DamagedRowException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public DamagedRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
