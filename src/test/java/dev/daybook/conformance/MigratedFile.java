package dev.daybook.conformance;

import dev.daybook.Daybook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file with the empty tables of a Daybook, under their own names. It is migrated once, and then
 * copied for whoever asks: that takes a fraction of the time.
 */
final class MigratedFile {

  private final Function<Path, Daybook> opener;
  private byte @Nullable [] content;

  /**
   * @param opener opens a Daybook on a file that is not there yet
   */
  MigratedFile(Function<Path, Daybook> opener) {
    this.opener = opener;
  }

  /** Makes a file that is not there yet. */
  void copyTo(Path file) {
    try {
      Files.write(file, content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized byte[] content() throws IOException {
    if (content == null) {
      Path directory = Files.createTempDirectory("daybook");
      Path file = directory.resolve("migrated.db");
      try (Daybook daybook = opener.apply(file)) {
        daybook.schemaVersion();
      }
      content = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(directory);
    }
    return content;
  }
}
