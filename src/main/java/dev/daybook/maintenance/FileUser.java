package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.Objects;
import java.util.Optional;

/**
 * A process that has the file of a SQLite database open, this one included.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface FileUser {

  /** Its process id. */
  long process();

  /** The name of its program; empty if the system does not say. */
  Optional<String> command();

  /**
   * Whether a read, or a transaction that writes, was in progress in it at that moment. One that
   * stays so keeps the write-ahead log long; see {@link WriteAheadLog}.
   */
  boolean isReading();

  /** Whether it had the write lock at that moment. */
  boolean isWriting();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record FileUserValues(
      long process, Optional<String> command, boolean isReading, boolean isWriting)
      implements FileUser {

    public FileUserValues {
      Objects.requireNonNull(command, "command");
    }
  }
}
