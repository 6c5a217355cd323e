package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.OpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens a file so that no byte of it is changed, and no other file is left beside it; also where
 * the process may not write.
 *
 * <p>SQLite reads a file that has a write-ahead log through two files beside it, which it makes if
 * they are missing. A connection that may write takes them away again when it is closed, but also
 * writes a log that was left there into the file; one that may not leaves both where they are. So
 * what has a log or a journal is opened by the second kind, and all else by the first. Where the
 * files can't be made, SQLite needs the option that the file is not written: then it ignores a log
 * silently, so the option must not be used if a log exists.
 */
final class SqliteReading {

  private static final String PREFIX = "jdbc:sqlite:";

  private final Path file;
  private final SQLiteConfig config;

  SqliteReading(Path file, SQLiteConfig config) {
    this.file = file;
    this.config = config;
  }

  Connection connect() throws SQLException {
    Path real = realPath();
    try {
      if (SqliteFiles.companion(real).isEmpty()) {
        return canBeWritten(real) ? connectAsIfToWrite(real) : connectToWhatNobodyWrites(real);
      }
      return connectBesideWriters(real);
    } catch (SQLException e) {
      throw SqliteFailures.whileOpening(SqliteFailures.translate(e));
    }
  }

  private Connection connectAsIfToWrite(Path real) throws SQLException {
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return probed(PREFIX + real);
  }

  private Connection connectBesideWriters(Path real) throws SQLException {
    config.setReadOnly(true);
    try {
      return probed(PREFIX + real);
    } catch (SQLException e) {
      if (!neededToWrite(e)) {
        throw e;
      }
      requireAllInFile(real, e);
      return connectToWhatNobodyWrites(real);
    }
  }

  /**
   * Whether SQLite could not make the files that it needs, or could not complete what is in them.
   */
  private static boolean neededToWrite(SQLException failure) {
    return SqliteFailures.is(
        failure, SQLiteErrorCode.SQLITE_CANTOPEN, SQLiteErrorCode.SQLITE_READONLY);
  }

  private static void requireAllInFile(Path real, SQLException failure) {
    long outside = SqliteFiles.outside(real);
    if (outside > 0) {
      throw new OpenException(
          OpenException.Reason.READ_ONLY,
          "%s bytes of it are in its log or journal and can't be read: for that SQLite would have to write; open it once by a Daybook that may, or copy the file and what is beside it to where one may"
              .formatted(outside),
          failure);
    }
  }

  private Connection connectToWhatNobodyWrites(Path real) throws SQLException {
    config.setReadOnly(true);
    return probed(PREFIX + real.toUri() + "?immutable=1");
  }

  /** Only the first statement opens the log. What is wrong with the content is found later. */
  private Connection probed(String url) throws SQLException {
    Connection connection = SqliteSources.dataSource(url, config).getConnection();
    try {
      SqlitePragmas.value(connection, "pragma query_only = 1");
      SqlitePragmas.value(connection, "pragma schema_version");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean canBeWritten(Path real) {
    Path directory = real.getParent();
    return directory != null && Files.isWritable(directory) && Files.isWritable(real);
  }

  private Path realPath() {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new OpenException(
          OpenException.Reason.UNREACHABLE, "its path can't be followed: " + e, e);
    }
  }
}
