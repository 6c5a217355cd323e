package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.ConnectionSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Connections to SQLite that Daybook opens by itself. */
public final class SqliteSources {

  private SqliteSources() {}

  /** To a file, which the first connection creates if it is missing. */
  public static ConnectionSource file(Path path, Duration busyTimeout) {
    Path file = path.toAbsolutePath();
    SQLiteDataSource making = dataSource("jdbc:sqlite:" + file, config(busyTimeout));
    return new ConnectionSource(
        file.toString(),
        () -> {
          requireReachable(file);
          return connect(making);
        },
        () -> existing(file, busyTimeout),
        () -> reading(file, busyTimeout),
        file,
        new SqliteDialect(),
        null,
        OptionalInt::empty);
  }

  /** To a new database in memory for each connection. */
  public static ConnectionSource memory(Duration busyTimeout) {
    SQLiteDataSource making = dataSource("jdbc:sqlite::memory:", config(busyTimeout));
    return new ConnectionSource(
        "the database in memory", making::getConnection, null, OptionalInt::empty);
  }

  /** A connection to a file that must be there. */
  static Connection existing(Path file, Duration busyTimeout) throws SQLException {
    requireThere(file);
    SQLiteConfig config = config(busyTimeout);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return connect(dataSource("jdbc:sqlite:" + file.toAbsolutePath(), config));
  }

  /** A connection to a file that must be there, and stays as it is. */
  static Connection reading(Path file, Duration busyTimeout) throws SQLException {
    requireThere(file);
    return new SqliteReading(file, config(busyTimeout)).connect();
  }

  private static void requireThere(Path file) {
    requireReachable(file);
    if (!Files.exists(file)) {
      throw new OpenException(OpenException.Reason.UNREACHABLE, "the file does not exist");
    }
  }

  private static Connection connect(SQLiteDataSource dataSource) {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw SqliteFailures.whileOpening(SqliteFailures.translate(e));
    }
  }

  private static SQLiteConfig config(Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    // The driver would otherwise ask for the last row id after every insert, and it is not used.
    config.setGetGeneratedKeys(false);
    return config;
  }

  static SQLiteDataSource dataSource(String url, SQLiteConfig config) {
    SQLiteDataSource dataSource = new SQLiteDataSource(config);
    dataSource.setUrl(url);
    return dataSource;
  }

  private static void requireReachable(Path file) {
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new OpenException(OpenException.Reason.UNREACHABLE, "its directory does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new OpenException(OpenException.Reason.UNREACHABLE, "is a directory; expected a file");
    }
    if (file.toString().indexOf('?') >= 0) {
      throw new OpenException(
          OpenException.Reason.UNREACHABLE,
          "a path with a question mark can't be opened: the driver reads options after it");
    }
  }
}
