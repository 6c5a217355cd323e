package dev.daybook.internal.dialect.postgres;

import dev.daybook.internal.dialect.TransactionWatch;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * PostgreSQL refuses everything after a failed statement, but takes a commit: it rolls back then,
 * and the driver does not say so. Any other statement fails.
 */
record PostgresTransactionWatch(Connection connection) implements TransactionWatch {

  @Override
  public void requireGoingOn() {}

  @Override
  public void requireCommittable() throws SQLException {
    PostgresDialect.text(connection, "select ''");
  }

  @Override
  public void beforeRollback() {}

  @Override
  public void close() {}
}
