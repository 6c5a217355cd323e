package dev.daybook.spring;

import dev.daybook.error.InvalidInputException;
import dev.daybook.transaction.HostTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A transaction of Spring's, from its beginning to its end. For its thread. */
final class SpringTransaction implements HostTransaction, TransactionSynchronization {

  private final SpringTransactions host;
  private final boolean hidesConnection;
  private final boolean readOnly;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean over;

  /**
   * @param hidesConnection whether the host's own transaction manager has begun it, on no
   *     connection of the host's data source
   */
  SpringTransaction(SpringTransactions host, boolean hidesConnection) {
    this.host = host;
    this.hidesConnection = hidesConnection;
    this.readOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();
  }

  boolean isOver() {
    return over;
  }

  /**
   * Makes sure that it was not begun on an unknown connection.
   *
   * @throws InvalidInputException if it was
   */
  void requireConnection() {
    if (hidesConnection) {
      throw new InvalidInputException(
          "the transaction that this thread is in was begun by Daybook's transaction manager, but on no connection of the data source that Spring knows of; expected a transaction manager of that data source: for JPA one with the data source and the JpaDialect of the JPA provider, for JTA use JtaTransactions");
    }
  }

  @Override
  public Connection connection() throws SQLException {
    return host.connection();
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public boolean reportsSavepoints() {
    return true;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** First, so that what others do after the commit finds that the transaction is over. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void suspend() {
    TransactionSynchronizationManager.unbindResourceIfPossible(host);
  }

  @Override
  public void resume() {
    TransactionSynchronizationManager.bindResource(host, this);
  }

  @Override
  public void savepoint(Object savepoint) {
    listeners.forEach(listener -> listener.savepointSet(savepoint));
  }

  @Override
  public void savepointRollback(Object savepoint) {
    listeners.forEach(listener -> listener.rolledBackTo(savepoint));
  }

  @Override
  public void beforeCommit(boolean onlyReads) {
    listeners.forEach(Listener::beforeCommit);
  }

  @Override
  public void afterCommit() {
    end(Outcome.COMMITTED);
  }

  @Override
  public void afterCompletion(int status) {
    TransactionSynchronizationManager.unbindResourceIfPossible(host);
    end(
        switch (status) {
          case STATUS_COMMITTED -> Outcome.COMMITTED;
          case STATUS_ROLLED_BACK -> Outcome.ROLLED_BACK;
          default -> Outcome.UNKNOWN;
        });
  }

  /** All listeners, whatever one of them throws. */
  private void end(Outcome outcome) {
    if (over) {
      return;
    }
    over = true;
    RuntimeException first = null;
    for (Listener listener : listeners) {
      try {
        listener.ended(outcome);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
