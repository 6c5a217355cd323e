package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.CacheBudget;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.settings.Synchronous;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * The settings of a connection and of its file: what is refused, what is set, and what was set
 * before.
 */
final class SqliteSettings {

  private static final long JOURNAL_MODE_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** SQLite's own choice, in kibibytes; a positive number would be pages. */
  private static final String UNCHOSEN_CACHE = "-" + CacheBudget.UNCHOSEN_KIBIBYTES;

  private static final List<String> CHANGED_SETTINGS =
      List.of(
          "busy_timeout",
          "foreign_keys",
          "synchronous",
          "query_only",
          "journal_size_limit",
          "cache_size",
          "wal_autocheckpoint");

  /** SQLite's default; another value that the application has set is kept. */
  private static final String UNCHOSEN_MOVE_PAGES = "1000";

  private SqliteSettings() {}

  static ConnectionSettings read(Connection connection) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : CHANGED_SETTINGS) {
      values.put(name, SqlitePragmas.value(connection, "pragma " + name));
    }
    return new ConnectionSettings(connection.getAutoCommit(), values);
  }

  static void restore(Connection connection, ConnectionSettings settings) throws SQLException {
    for (Map.Entry<String, String> setting : settings.values().entrySet()) {
      SqlitePragmas.value(
          connection, "pragma %s = %s".formatted(setting.getKey(), setting.getValue()));
    }
    connection.setAutoCommit(settings.autoCommit());
  }

  static void greet(Connection connection, ConnectionOptions options) throws SQLException {
    requireNoLockFromTheStart(connection);
    connection.setAutoCommit(true);
    waitForOthers(connection, options);
    try {
      // Reads the header of the file, and nothing else.
      SqlitePragmas.value(connection, "pragma schema_version");
    } catch (SQLException e) {
      if (SqliteFailures.is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
        throw new OpenException(
            OpenException.Reason.NOT_A_DATABASE, "the file exists and is not a SQLite database", e);
      }
      throw e;
    }
    requireUtf8(connection);
    if (options.cache() != null) {
      requireNotAsked(
          SqliteDialect.file(connection).isEmpty(), "a cache: it is in memory as a whole");
    }
  }

  static void requireWritable(Connection connection, ConnectionOptions options)
      throws SQLException {
    // A held write lock shows that the database can be written.
    SqlitePragmas.value(connection, "pragma busy_timeout = 0");
    try {
      SqlitePragmas.execute(connection, "begin immediate");
      try {
        // Beginning is not enough: a database that is read-only just begins a read.
        SqlitePragmas.execute(
            connection,
            "pragma user_version = " + SqlitePragmas.value(connection, "pragma user_version"));
      } finally {
        SqlitePragmas.execute(connection, "rollback");
      }
    } catch (SQLException e) {
      if (!SqliteFailures.is(e, SQLiteErrorCode.SQLITE_BUSY)) {
        throw e;
      }
    } finally {
      waitForOthers(connection, options);
    }
  }

  static void configureDatabase(Connection connection, ConnectionOptions options)
      throws SQLException {
    boolean noLog = Boolean.FALSE.equals(options.wal());
    if (noLog && options.walCheckpoints() != null) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "checkpoints can't be set for a database without a write-ahead log");
    }
    if (SqliteDialect.file(connection).isEmpty()) {
      requireNotAsked(Boolean.TRUE.equals(options.wal()), "a write-ahead log");
      requireNotAsked(options.walCheckpoints() != null, "checkpoints of a write-ahead log");
      requireNotAsked(options.synchronous() != null, "the synchronous setting");
      requireNotAsked(options.pollInterval() != null, "polling for other processes' writes");
      return;
    }
    String asked = noLog ? "delete" : "wal";
    String found = journalMode(connection, asked, options);
    if (!found.equals(asked)) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the journal mode \"%s\" was asked for and the database stays in \"%s\""
              .formatted(asked, found));
    }
  }

  static void configure(Connection connection, ConnectionOptions options) throws SQLException {
    connection.setAutoCommit(true);
    waitForOthers(connection, options);
    set(connection, "foreign_keys", "1");
    Synchronous synchronous = options.synchronous();
    set(connection, "synchronous", synchronous == Synchronous.NORMAL ? "1" : "2");
    set(connection, "journal_size_limit", Long.toString(SqliteLog.LIMIT_BYTES));
    if (Boolean.FALSE.equals(options.walCheckpoints())) {
      set(connection, "wal_autocheckpoint", "0");
    } else if (SqlitePragmas.value(connection, "pragma wal_autocheckpoint")
        .equals(UNCHOSEN_MOVE_PAGES)) {
      set(connection, "wal_autocheckpoint", SqliteLog.movePages(connection));
    }
  }

  static void sizeCache(Connection connection, ConnectionOptions options, CacheShare share)
      throws SQLException {
    boolean unchosen = SqlitePragmas.value(connection, "pragma cache_size").equals(UNCHOSEN_CACHE);
    if (unchosen || options.cache() != null) {
      long kibibytes = CacheBudget.orDefault(options.cache()).kibibytes(share);
      set(connection, "cache_size", Long.toString(-kibibytes));
    }
  }

  static void makeReadOnly(Connection connection) throws SQLException {
    set(connection, "query_only", "1");
  }

  /** In others the bytes of a text are not in the order of its characters. */
  private static void requireUtf8(Connection connection) throws SQLException {
    String encoding = SqlitePragmas.text(connection, "pragma encoding");
    if (!encoding.equals("UTF-8")) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the database's encoding is %s; expected UTF-8, in which prefixes of ids are found"
              .formatted(encoding));
    }
  }

  /** A pool's connections would each keep the write lock while they are unused. */
  private static void requireNoLockFromTheStart(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()
        && connection.isWrapperFor(SQLiteConnection.class)
        && connection.unwrap(SQLiteConnection.class).getConnectionConfig().getTransactionMode()
            != SQLiteConfig.TransactionMode.DEFERRED) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the data source's connections have auto-commit off and a transaction_mode other than DEFERRED, so each keeps the write lock from its start; expected auto-commit on, or DEFERRED");
    }
  }

  private static void requireNotAsked(boolean asked, String option) {
    if (asked) {
      throw new OpenException(
          OpenException.Reason.OPTION, "a database in memory can't honour " + option);
    }
  }

  /** Changing the mode needs the file for itself, and SQLite does not wait for that by itself. */
  private static String journalMode(Connection connection, String asked, ConnectionOptions options)
      throws SQLException {
    long deadline = System.nanoTime() + options.busyTimeout().toNanos();
    while (true) {
      try {
        String found = SqlitePragmas.value(connection, "pragma journal_mode");
        return found.equals(asked)
            ? found
            : SqlitePragmas.value(connection, "pragma journal_mode = " + asked);
      } catch (SQLException e) {
        if (!SqliteFailures.is(e, SQLiteErrorCode.SQLITE_BUSY) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(JOURNAL_MODE_RETRY_NANOS);
      }
    }
  }

  private static void waitForOthers(Connection connection, ConnectionOptions options)
      throws SQLException {
    SqlitePragmas.value(connection, "pragma busy_timeout = " + options.busyTimeout().toMillis());
  }

  /** Sets a pragma and reads it back: SQLite ignores a setting that it can't or won't take. */
  private static void set(Connection connection, String name, String value) throws SQLException {
    SqlitePragmas.value(connection, "pragma %s = %s".formatted(name, value));
    String found = SqlitePragmas.value(connection, "pragma " + name);
    if (!found.equals(value)) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the setting %s = %s was not accepted; it is %s".formatted(name, value, found));
    }
  }
}
