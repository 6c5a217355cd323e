package dev.daybook.internal.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;

/** What of a connection is its driver's business and not the server's. */
final class PostgresDriver {

  private static final String AUTOSAVE = "autosave";
  private static final int MOST_CAUSES = 10;
  private static final int USES_BY_DEFAULT = 5;
  private static final int FIRST_USE = 1;

  /** The driver asks the server for the columns first, once for a statement and a connection. */
  private static final int FIRST_USE_WITH_COLUMNS = -1;

  private PostgresDriver() {}

  /** The driver's connection, perhaps out of a pool's; empty if it is another driver's. */
  static Optional<PGConnection> of(Connection connection) throws SQLException {
    return connection.isWrapperFor(PGConnection.class)
        ? Optional.of(connection.unwrap(PGConnection.class))
        : Optional.empty();
  }

  /** The settings that {@link #configure} changes, as far as they are not as it wants them. */
  static Map<String, String> settings(Connection connection) throws SQLException {
    return of(connection)
        .map(PGConnection::getAutosave)
        .filter(autosave -> autosave != AutoSave.NEVER)
        .map(autosave -> Map.of(AUTOSAVE, autosave.value()))
        .orElse(Map.of());
  }

  /** With its own savepoints the driver would continue after a failed statement. */
  static void configure(Connection connection) throws SQLException {
    of(connection).ifPresent(driver -> driver.setAutosave(AutoSave.NEVER));
  }

  static void restore(Connection connection, Map<String, String> settings) throws SQLException {
    String autosave = settings.get(AUTOSAVE);
    if (autosave != null) {
      of(connection).ifPresent(driver -> driver.setAutosave(AutoSave.of(autosave)));
    }
  }

  /**
   * Whether several statements of one text are sent as one: in all of its modes except the one that
   * sends each as its own text.
   */
  static boolean sendsSeveralAtOnce(Connection connection) throws SQLException {
    return of(connection)
        .map(driver -> driver.getPreferQueryMode() != PreferQueryMode.SIMPLE)
        .orElse(false);
  }

  /**
   * Has the server prepare a statement at its first use, instead of its fifth on one connection:
   * bytes come as they are only from a prepared statement whose columns the driver knows, and
   * otherwise as text of twice their size. A number of uses that the application has chosen stays.
   *
   * @param several whether it is several statements as one text, whose columns the driver can't ask
   *     for before it runs them
   */
  static void prepareAtOnce(Wrapper statement, boolean several) throws SQLException {
    if (statement.isWrapperFor(PGStatement.class)) {
      PGStatement driver = statement.unwrap(PGStatement.class);
      if (driver.getPrepareThreshold() == USES_BY_DEFAULT) {
        driver.setPrepareThreshold(several ? FIRST_USE : FIRST_USE_WITH_COLUMNS);
      }
    }
  }

  /** Whether it is the server that says so, and not the driver, which may have got its answer. */
  static boolean isServers(SQLException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof PSQLException said && said.getServerErrorMessage() != null) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
