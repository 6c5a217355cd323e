package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.settings.Synchronous;
import java.sql.Connection;
import java.sql.SQLException;

/** Checks of a server when a store on it is opened. */
final class PostgresServer {

  private static final int OLDEST_VERSION = 14;

  private static final String FLYWAY_SUPPORT =
      "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";

  private PostgresServer() {}

  /**
   * Makes sure that a store can be on the server, and that it can honour the options.
   *
   * @throws OpenException if not
   */
  static void requireUsable(Connection connection, ConnectionOptions options) throws SQLException {
    if (options.cache() != null) {
      throw notHonoured("a cache size (shared_buffers is the server's)");
    }
    requireMigrations();
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_VERSION) {
      throw new OpenException(
          OpenException.Reason.UNKNOWN_DATABASE,
          "the server is PostgreSQL %s; expected version %s or later"
              .formatted(connection.getMetaData().getDatabaseProductVersion(), OLDEST_VERSION));
    }
    String encoding = PostgresDialect.setting(connection, "server_encoding");
    if (!encoding.equals("UTF8")) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the database's encoding is %s; expected UTF8, which has every character"
              .formatted(encoding));
    }
  }

  /**
   * Makes sure that the server takes writes.
   *
   * @throws OpenException if not
   */
  static void requireWritable(Connection connection) throws SQLException {
    // A function that may write, as far as a proxy knows: it sends the question to the primary.
    String writable =
        PostgresDialect.text(
            connection,
            "select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'");
    if (!Boolean.parseBoolean(writable)) {
      throw new OpenException(
          OpenException.Reason.READ_ONLY,
          "the database can't be written: the server is a standby, or default_transaction_read_only is on");
    }
  }

  /**
   * Makes sure that the server honours the options on durability.
   *
   * @throws OpenException if not
   */
  static void requireHonoured(Connection connection, ConnectionOptions options)
      throws SQLException {
    if (options.wal() != null) {
      throw notHonoured("a choice about the write-ahead log: it always has one");
    }
    if (options.walCheckpoints() != null) {
      throw notHonoured("a choice about checkpoints: the server makes them");
    }
    Synchronous synchronous = options.synchronous();
    if (synchronous == Synchronous.NORMAL) {
      throw notHonoured(
          "synchronous = NORMAL; set synchronous_commit on the server or for the user");
    }
    String found = PostgresDialect.setting(connection, "synchronous_commit");
    if (synchronous == Synchronous.FULL && found.equals("off")) {
      throw notHonoured("synchronous = FULL: its synchronous_commit is off");
    }
  }

  /** Flyway would not say which of its libraries is missing. */
  private static void requireMigrations() {
    try {
      Class.forName(FLYWAY_SUPPORT, false, PostgresServer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new OpenException(
          OpenException.Reason.LIBRARY,
          "PostgreSQL needs org.flywaydb:flyway-database-postgresql on the class path",
          e);
    }
  }

  private static OpenException notHonoured(String option) {
    return new OpenException(
        OpenException.Reason.OPTION, "PostgreSQL can't honour " + option + " here");
  }
}
