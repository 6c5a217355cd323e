package dev.daybook.internal.database;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.dialect.sqlite.SqliteFiles;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A database as a file that is not open. */
public record DatabaseFile(Path path) {

  private static final int MOST_LINKS = 40;

  /**
   * The file that a path leads to, whether it is there yet or not. A replacement must replace that
   * file: by the path itself a symbolic link would be replaced.
   */
  public static DatabaseFile behindLinks(Path path) throws IOException {
    Path file = path.toAbsolutePath();
    for (int links = 0; links < MOST_LINKS; links++) {
      if (!Files.isSymbolicLink(file)) {
        return new DatabaseFile(file);
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    throw new FileSystemLoopException(path.toString());
  }

  /** The database in the file, which must be there. */
  public WholeDatabase whole(Database like) {
    return like.inFile(path).whole();
  }

  /** A file beside it that says that it is in use, or was when its user was killed. */
  public Optional<Path> companion() {
    return SqliteFiles.companion(path);
  }

  /** Makes it a file that needs no other, and writes it to the disk. */
  public void finish() throws IOException {
    try {
      SqliteFiles.makeSingle(path);
    } catch (SQLException e) {
      throw SqliteFiles.failure(e);
    }
    SqliteFiles.force(path);
  }

  /**
   * Moves it to the place of a database, or to a new place.
   *
   * @throws DatabaseBusyException if that is open
   */
  public void replace(Path target) throws IOException {
    try {
      SqliteFiles.replace(target, path);
    } catch (SQLException e) {
      throw SqliteFiles.failure(e);
    }
  }
}
