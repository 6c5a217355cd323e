package dev.daybook.internal.transactions;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.transaction.HostTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A transaction on a connection of a caller's, who says how it has ended. For one thread. */
public final class JdbcTransaction implements HostTransaction {

  private final Connection connection;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean ended;

  public JdbcTransaction(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public boolean isReadOnly() {
    try {
      return connection.isReadOnly();
    } catch (SQLException e) {
      // The next statement says what is wrong.
      return false;
    }
  }

  /** The caller sets them on the connection. */
  @Override
  public boolean reportsSavepoints() {
    return false;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Says how it has ended.
   *
   * @throws ClosedException if that was said before
   * @throws DaybookException if the database has been moved meanwhile
   */
  public void end(Outcome outcome) {
    if (ended) {
      throw new ClosedException(NestedTransactions.ENDED);
    }
    ended = true;
    listeners.forEach(listener -> listener.ended(outcome));
  }
}
