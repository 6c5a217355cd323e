package dev.daybook.cli.options;

import dev.daybook.cli.json.JsonLine;
import dev.daybook.error.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that an option or an argument names, to be read. */
public final class InputFile {

  private InputFile() {}

  /**
   * Makes sure that it is there. It may be a pipe.
   *
   * @throws FileNotFoundException if it is missing, or is a directory
   */
  public static void require(Path file) throws FileNotFoundException {
    if (Files.isDirectory(file)) {
      throw new FileNotFoundException(file + " is a directory; expected a file");
    }
    if (!Files.exists(file)) {
      throw new FileNotFoundException(file + " does not exist");
    }
  }

  /**
   * All of the file, or of the standard input where there is no file.
   *
   * @throws FileNotFoundException if it is missing, or is a directory
   * @throws InvalidInputException if it is not text in UTF-8
   */
  public static String text(@Nullable Path file, InputStream standardInput) throws IOException {
    if (file == null) {
      return JsonLine.requireText("the standard input", standardInput.readAllBytes());
    }
    require(file);
    return JsonLine.requireText(file.toString(), Files.readAllBytes(file));
  }

  /** Whether two paths are of one file, also by a link. */
  public static boolean isSame(Path one, Path other) throws IOException {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }
}
