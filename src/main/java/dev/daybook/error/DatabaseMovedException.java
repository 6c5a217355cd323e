package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * The file of the database, or its write-ahead log, is no longer the one that was opened: somebody
 * has deleted, renamed or replaced it, or its directory. What was to be written is not in what is
 * there now. The Daybook is of no use any more: close it, and open what is there now by another.
 */
public final class DatabaseMovedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public DatabaseMovedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
