package dev.daybook.conformance.hosts;

import dev.daybook.Daybook;
import dev.daybook.JoinedTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An application whose transactions are on connections of its own, and which a Daybook joins. */
record JoiningApplication(DataSource dataSource, Daybook daybook) {

  /** Code inside a transaction. */
  @FunctionalInterface
  interface Code {

    void run(JoinedTransaction joined, Connection connection) throws Exception;
  }

  /** Runs code in a new transaction, which is rolled back if it throws. */
  void inTransaction(Code code) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      JoinedTransaction joined = daybook.join(connection);
      try {
        code.run(joined, connection);
      } catch (Throwable e) {
        rollBack(connection, e);
        joined.rolledBack();
        throw e;
      }
      try {
        connection.commit();
      } catch (SQLException e) {
        rollBack(connection, e);
        joined.ended();
        throw e;
      }
      joined.committed();
      connection.setAutoCommit(true);
    }
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
