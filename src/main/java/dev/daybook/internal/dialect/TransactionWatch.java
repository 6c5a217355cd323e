package dev.daybook.internal.dialect;

import dev.daybook.error.DatabaseException;
import java.sql.SQLException;

/**
 * Checks whether a transaction in which a caller's code runs is still open: a database may roll one
 * back because a statement failed, and the code may continue regardless. For one thread at a time.
 */
public interface TransactionWatch extends AutoCloseable {

  /** Of a connection whose driver is hidden, and can't be asked. */
  TransactionWatch NONE =
      new TransactionWatch() {
        @Override
        public void requireGoingOn() {}

        @Override
        public void requireCommittable() {}

        @Override
        public void beforeRollback() {}

        @Override
        public void close() {}
      };

  /**
   * Before a statement, where the database would not refuse it by itself.
   *
   * @throws DatabaseException if the transaction has been rolled back
   */
  void requireGoingOn();

  /**
   * Before the commit, where that would not fail by itself. This may ask the server.
   *
   * @throws SQLException if the transaction can't be committed
   */
  void requireCommittable() throws SQLException;

  /**
   * Before the driver is asked to roll back, where it would fail if there is nothing left of the
   * transaction, and not begin the next one.
   */
  void beforeRollback() throws SQLException;

  /** Stops watching. */
  @Override
  void close();
}
