package dev.daybook.internal.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Keeps statements from being answered by a standby. It is behind its primary by some moments, or
 * by more; and it shows neither the primary's locks nor what the primary's sequences are at.
 *
 * <p>The condition is in the statement that returns the rows, because a statement before it may
 * have gone to another server: a proxy chooses one for each. A proxy that looks for functions that
 * write sends it to the primary by itself.
 *
 * <p>A standby that is promoted while a statement runs answers as the primary that it is by then.
 */
final class PostgresPrimary {

  /** The error of a server that only reads, on a write. */
  private static final String REFUSED = "25006";

  /** Used nowhere else, and a standby's refusal names it in every language. */
  private static final String WRITING_FUNCTION = "pg_current_xact_id()";

  /** As the driver says that it found no server of the kind that it was asked for. */
  private static final String UNABLE_TO_CONNECT = "08001";

  private PostgresPrimary() {}

  /**
   * A subquery that depends on nothing is run once. The DSL knows neither of the functions; the
   * second one takes a transaction's id, which a standby has none to give, and is called there
   * only.
   */
  static Condition only() {
    return DSL.condition(
        "(select case when pg_is_in_recovery() then "
            + WRITING_FUNCTION
            + " is not null else true end)");
  }

  /**
   * Makes sure that a connection leads to a primary. The driver would ask by {@code show}, which a
   * proxy that balances the load takes for a read, and sends to a standby: through such a proxy no
   * server would be a primary.
   *
   * @throws SQLException if it does not
   */
  static void require(Connection connection) throws SQLException {
    if (Boolean.parseBoolean(PostgresDialect.text(connection, "select pg_is_in_recovery()"))) {
      throw new SQLException(
          "the server is a standby; expected the primary, or targetServerType in the URL",
          UNABLE_TO_CONNECT);
    }
  }

  /** Whether a statement failed because of the condition. */
  static boolean refused(SQLException failure) {
    return REFUSED.equals(failure.getSQLState())
        && Objects.requireNonNullElse(failure.getMessage(), "").contains(WRITING_FUNCTION);
  }
}
