package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Finds out whether the server is reached through a proxy that pools transactions. It gives each
 * transaction another session, which knows nothing of the statements that the driver has prepared
 * in the one before: such statements fail, now and then, from their second use on.
 */
final class PostgresProxy {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  /** A statement is not known, or it is known and was not expected to be. */
  private static final List<String> LOST = List.of("26000", "42P05");

  private static final int MOST_TRIES = 20;
  private static final String PID = "select pg_backend_pid()";
  private static final String REMEDY =
      "set prepareThreshold=0 in the URL or for the data source, and push(false)";

  private PostgresProxy() {}

  /**
   * Makes sure that what the driver keeps prepared on a connection stays known to it.
   *
   * @param another makes a second connection, if it takes one to find out
   * @throws OpenException if it does not
   */
  static void requireStatementsKept(Connection connection, ConnectionSource.Connections another)
      throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class)) {
      return;
    }
    PGConnection driver = connection.unwrap(PGConnection.class);
    boolean prepares =
        driver.getPrepareThreshold() != 0 && driver.getPreferQueryMode() != PreferQueryMode.SIMPLE;
    if (!prepares || driver.getBackendPID() == pid(connection)) {
      return;
    }
    try (Connection second = another.connect()) {
      requireStatementsKept(connection, driver, second);
    } catch (SQLException e) {
      // What only tidies up is prepared, too, and may meet another client's statement.
      requireNotLost(e);
      LOG.log(
          System.Logger.Level.WARNING,
          "a proxy is in front of the server, and no second connection could be opened to find out whether it pools transactions; if it does, "
              + REMEDY,
          e);
    }
  }

  /**
   * Has a statement prepared in a session, lets the second connection take that session away by a
   * transaction, and runs the statement again. Where each connection has a session for itself, the
   * second never gets that of the first.
   */
  private static void requireStatementsKept(
      Connection connection, PGConnection driver, Connection second) throws SQLException {
    int threshold = driver.getPrepareThreshold();
    driver.setPrepareThreshold(1);
    try {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        // Another one each time: that of the time before is known to the sessions that it has
        // reached.
        String statement = PID + " + 0 * " + tries;
        int at = prepared(connection, statement);
        second.setAutoCommit(false);
        try {
          if (pid(second) == at) {
            prepared(connection, statement);
            return;
          }
        } finally {
          second.rollback();
          second.setAutoCommit(true);
        }
      }
    } finally {
      driver.setPrepareThreshold(threshold);
    }
  }

  /** In a transaction: otherwise the driver prepares what was lost by itself, and tries again. */
  private static int prepared(Connection connection, String statement) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return Integer.parseInt(PostgresDialect.text(connection, statement));
    } catch (SQLException e) {
      requireNotLost(e);
      throw e;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void requireNotLost(SQLException failure) {
    if (LOST.contains(failure.getSQLState())) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "a proxy in front of the server, as PgBouncer, pools transactions, and loses the statements that the driver prepares: "
              + REMEDY,
          failure);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    return Integer.parseInt(PostgresDialect.text(connection, PID));
  }
}
