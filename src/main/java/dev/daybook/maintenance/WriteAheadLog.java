package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The write-ahead log of a SQLite file: it has the commits that are not in the file itself yet.
 * While a read is in progress, in any process, its state of the file must not be replaced, and the
 * log grows by all that is written. Once no read is in progress, a Daybook that writes shortens it
 * again.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface WriteAheadLog {

  /** The size of the log's file beside the database's; 0 if it does not exist. */
  long bytes();

  /**
   * How much of it can't be moved into the database's file, because a read began before that was
   * committed: a stream that was not closed, a backup, or a transaction that was left open; empty
   * if SQLite does not report that, which it does from version 3.51 on.
   */
  OptionalLong heldBytes();

  /** How long it may stay when no read is in progress. */
  long limitBytes();

  /** Whether a read makes it longer than it may stay. */
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
