package dev.daybook.internal.database;

import dev.daybook.DatabaseBusyException;
import dev.daybook.internal.dialect.SqliteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A database as a file that nobody has open. */
public record DatabaseFile(Path path) {

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
   * Puts it in the place of a database, or where none is.
   *
   * @throws DatabaseBusyException if somebody has that open
   */
  public void replace(Path target) throws IOException {
    try {
      SqliteFiles.replace(target, path);
    } catch (SQLException e) {
      throw SqliteFiles.failure(e);
    }
  }
}
