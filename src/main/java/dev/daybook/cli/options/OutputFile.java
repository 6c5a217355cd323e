package dev.daybook.cli.options;

import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names, to be written beside it and put in its place at the end. */
public final class OutputFile {

  private OutputFile() {}

  /**
   * The file itself, if a link names it: what is put in its place must not replace the link.
   *
   * @throws InvalidInputException if something else is there, such as a device or a pipe
   */
  public static Path replaceable(Path named) throws IOException {
    Path file = named.toAbsolutePath().normalize();
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw new InvalidInputException(
          "%s is a link to a file that does not exist; expected a file, or a free name"
              .formatted(named));
    }
    if (!Files.exists(file)) {
      return file;
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s is not an ordinary file; expected one, which is replaced, or a free name"
              .formatted(named));
    }
    return file.toRealPath();
  }
}
