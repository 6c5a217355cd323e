package dev.daybook.cli.importing;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Lines to import, in order. */
interface Lines {

  /** Where a line is, for a message. */
  record Place(String file, long line) {

    @Override
    public String toString() {
      return file.isEmpty() ? "line " + line : file + ": line " + line;
    }
  }

  /** The next line without its end; {@code null} at the end. */
  byte @Nullable [] next() throws IOException;

  /** Whether the line that was returned last is only the beginning of one that is too long. */
  boolean tooLong();

  /** Writes the rest of a line that is too long; {@link #next} passes over it otherwise. */
  void rest(OutputStream to) throws IOException;

  /** Where the line that was read last is; before the first one, line 0. */
  Place place();

  /** How many bytes were read, as they are in the files. */
  long bytesRead();
}
