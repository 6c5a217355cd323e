package dev.daybook.maintenance;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The write-ahead log of a SQLite file: what was committed and is not in the file itself yet. While
 * somebody reads, in whichever process, what he still has to find as it was can't be replaced, and
 * the log grows by all that is written. Once nobody reads, a Daybook that writes makes it short
 * again.
 *
 * @param bytes how long the log is, as a file beside the database's; 0 if there is none
 * @param heldBytes how much of it can't be moved into the database's file, because somebody who
 *     reads began before that was committed: by a stream that was not closed, a backup, or a
 *     transaction that was left open; empty if SQLite does not tell, which it does from version
 *     3.51 on
 * @param limitBytes how long it may stay when nobody reads
 */
public record WriteAheadLog(long bytes, OptionalLong heldBytes, long limitBytes) {

  public WriteAheadLog {
    Objects.requireNonNull(heldBytes, "heldBytes");
  }

  /** Whether somebody who reads makes it longer than it may stay. */
  public boolean isHeldBack() {
    return heldBytes.orElse(0) > limitBytes;
  }
}
