package dev.daybook.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers that a write failed: a {@link java.io.PrintStream} does not
 * report that. A reader that has closed its pipe is not a failure, since it has read what it
 * needed.
 */
public final class Output extends FilterOutputStream {

  private static final String READER_GONE = "Broken pipe";

  private @Nullable IOException failure;

  public Output(OutputStream to) {
    super(to);
  }

  /** Why not all of it was written. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure)
        .filter(e -> !String.valueOf(e.getMessage()).contains(READER_GONE));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
