package dev.daybook.internal.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What the driver knows of a connection's transaction; the server is not asked. */
final class PostgresTransactions {

  private PostgresTransactions() {}

  /** A driver that is hidden can't be asked; then the connection must commit by itself. */
  static boolean mayBeInside(Connection connection) throws SQLException {
    return connection.isWrapperFor(BaseConnection.class)
        ? connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE
        : !connection.getAutoCommit();
  }
}
