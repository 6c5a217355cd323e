package dev.daybook.jta;

import dev.daybook.error.InvalidInputException;
import dev.daybook.transaction.HostTransaction;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of JTA, from its first use to its end, which may come from another thread while
 * this one continues: then it has taken too long.
 */
final class JtaTransaction implements HostTransaction, Synchronization {

  private static final System.Logger LOG = System.getLogger("dev.daybook.transaction");

  private final DataSource dataSource;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Connection connection;
  private volatile boolean completing;

  JtaTransaction(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Whether its connection is no longer to be used, though the transaction has not ended yet. */
  boolean isCompleting() {
    return completing;
  }

  /**
   * The transaction's own, once for all Daybooks.
   *
   * @throws InvalidInputException if the data source returns another one
   */
  @Override
  public Connection connection() throws SQLException {
    Connection known = connection;
    if (known == null) {
      known = dataSource.getConnection();
      connection = known;
      if (known.getAutoCommit()) {
        throw new InvalidInputException(
            "the data source does not take part in the transaction that this thread is in: its connection commits by itself; expected a pool that knows of the transaction manager");
      }
    }
    return known;
  }

  /** JTA knows of no such transactions, but the application may have said so to the connection. */
  @Override
  public boolean isReadOnly() {
    Connection known = connection;
    try {
      return known != null && known.isReadOnly();
    } catch (SQLException e) {
      // The next statement says what is wrong.
      return false;
    }
  }

  /**
   * They are set on the connection. Nor is an outcome certain: a transaction manager may report a
   * commit that it only hopes for.
   */
  @Override
  public boolean reportsSavepoints() {
    return false;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The connection must not be open at the commit. */
  @Override
  public void beforeCompletion() {
    completing = true;
    try {
      listeners.forEach(Listener::beforeCommit);
    } finally {
      release();
    }
  }

  @Override
  public void afterCompletion(int status) {
    completing = true;
    release();
    Outcome outcome =
        switch (status) {
          case Status.STATUS_COMMITTED -> Outcome.COMMITTED;
          case Status.STATUS_ROLLEDBACK -> Outcome.ROLLED_BACK;
          default -> Outcome.UNKNOWN;
        };
    for (Listener listener : listeners) {
      try {
        listener.ended(outcome);
      } catch (RuntimeException e) {
        // Its caller would only log it, and leave the others out.
        LOG.log(System.Logger.Level.WARNING, "the end of a transaction was not noted", e);
      }
    }
  }

  private void release() {
    Connection known = connection;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not closed in good order", e);
      }
    }
  }
}
