package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.DatabaseUrl;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A SQLite file, by its path or by a URL of SQLite's driver.
 *
 * @param file the file, or {@code :memory:}
 */
public record SqliteUrl(Path file) implements DatabaseUrl {

  public static final String PREFIX = "jdbc:sqlite:";

  /** Reads what follows the prefix. */
  public static SqliteUrl parse(String rest) {
    if (rest.isEmpty()) {
      throw new InvalidInputException(
          "the URL names no file; expected jdbc:sqlite:FILE or jdbc:sqlite::memory:");
    }
    if (rest.indexOf('?') >= 0) {
      throw new InvalidInputException(
          "the URL of a SQLite file has parameters; expected jdbc:sqlite:FILE, and options on the builder");
    }
    if (rest.startsWith("file:") || rest.startsWith(":resource:")) {
      throw new InvalidInputException(
          "the URL has a URI after jdbc:sqlite: where a path is expected");
    }
    try {
      return new SqliteUrl(Path.of(rest));
    } catch (InvalidPathException e) {
      throw new InvalidInputException("the URL names no file: " + e.getMessage());
    }
  }

  /** The file of a path. */
  public static SqliteUrl of(String path) {
    try {
      return new SqliteUrl(Path.of(path));
    } catch (InvalidPathException e) {
      throw new InvalidInputException("the path can't be one of a file: " + e.getMessage());
    }
  }
}
