package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * The file of the database, or its write-ahead log, is no longer the one that was opened: it was
 * deleted, renamed or replaced, or its directory was. The write is not in the file that is at its
 * path now. This Daybook can't be used any more: close it, and open the file by another.
 */
public final class DatabaseMovedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public DatabaseMovedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
