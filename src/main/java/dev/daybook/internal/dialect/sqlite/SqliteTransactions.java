package dev.daybook.internal.dialect.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/**
 * Finds out whether a connection is inside a transaction: neither SQLite's SQL nor its driver says.
 */
final class SqliteTransactions {

  private SqliteTransactions() {}

  static boolean isInside(Connection connection) throws SQLException {
    return connection.getAutoCommit()
        ? refusesToBegin(connection)
        : refusesToCheckpoint(connection);
  }

  /** A caller may have begun one by SQL, of which the driver does not know. */
  private static boolean refusesToBegin(Connection connection) throws SQLException {
    try {
      SqlitePragmas.execute(connection, "begin");
    } catch (SQLException e) {
      if (SqliteFailures.is(e, SQLiteErrorCode.SQLITE_ERROR)) {
        return true;
      }
      throw e;
    }
    SqlitePragmas.execute(connection, "rollback");
    return false;
  }

  /**
   * A driver without auto-commit has begun one at once; what counts is whether anything was read or
   * written since. A transaction that has done so can't move the write-ahead log's pages into the
   * database, and is refused before anything is moved; also where there is no such log.
   */
  private static boolean refusesToCheckpoint(Connection connection) throws SQLException {
    try {
      SqlitePragmas.forEach(connection, "pragma wal_checkpoint(passive)", counts -> {});
      return false;
    } catch (SQLException e) {
      return SqliteFailures.is(e, SQLiteErrorCode.SQLITE_LOCKED);
    }
  }
}
