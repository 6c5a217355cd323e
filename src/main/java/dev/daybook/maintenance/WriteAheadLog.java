package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The write-ahead log of a SQLite file: what was committed and is not in the file itself yet. While
 * somebody reads, in whichever process, what he still has to find as it was can't be replaced, and
 * the log grows by all that is written. Once nobody reads, a Daybook that writes makes it short
 * again.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface WriteAheadLog {

  /** How long the log is, as a file beside the database's; 0 if there is none. */
  long bytes();

  /**
   * How much of it can't be moved into the database's file, because somebody who reads began before
   * that was committed: by a stream that was not closed, a backup, or a transaction that was left
   * open; empty if SQLite does not tell, which it does from version 3.51 on.
   */
  OptionalLong heldBytes();

  /** How long it may stay when nobody reads. */
  long limitBytes();

  /** Whether somebody who reads makes it longer than it may stay. */
  default boolean isHeldBack() {
    return heldBytes().orElse(0) > limitBytes();
  }

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record WriteAheadLogValues(long bytes, OptionalLong heldBytes, long limitBytes)
      implements WriteAheadLog {

    public WriteAheadLogValues {
      Objects.requireNonNull(heldBytes, "heldBytes");
    }
  }
}
