package dev.daybook.transaction;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction of a {@link TransactionHost} that is open. Daybook calls this on the transaction's
 * own thread.
 */
public interface HostTransaction {

  /**
   * The connection that the transaction is on, with auto-commit off. Daybook asks once, uses it
   * until the end of the transaction, and neither commits on it nor closes it.
   */
  Connection connection() throws SQLException;

  /** Whether it was begun only to read. Then Daybook refuses to write in it. */
  boolean isReadOnly();

  /**
   * Whether listeners receive each savepoint, and each rollback to one. If not, a part of a
   * committed transaction may have been rolled back; then Daybook reads from the database which of
   * its events are there before it notifies its listeners.
   */
  boolean reportsSavepoints();

  /** Adds a listener, which is called until the end of the transaction. */
  void listen(Listener listener);

  /** How a transaction has ended. */
  enum Outcome {
    /** It was committed. */
    COMMITTED,
    /**
     * It was rolled back. If that is said after {@link Listener#beforeCommit}, Daybook takes it for
     * {@link #UNKNOWN}: a commit that has failed may be one whose answer was lost.
     */
    ROLLED_BACK,
    /** It was committed or rolled back, and the host does not know which. */
    UNKNOWN
  }

  /** What Daybook has to know of a transaction. */
  interface Listener {

    /**
     * Called before the commit, on the transaction's thread. What it throws must fail the commit. A
     * host that has no such moment does not call it.
     */
    void beforeCommit();

    /**
     * Called after a savepoint was set.
     *
     * @param savepoint the same object as for {@link #rolledBackTo}
     */
    void savepointSet(Object savepoint);

    /** Called when all that came after a savepoint is rolled back. */
    void rolledBackTo(Object savepoint);

    /**
     * Called once, soon after the end, perhaps on another thread. From its beginning on, {@link
     * TransactionHost#current} no longer returns the transaction.
     */
    void ended(Outcome outcome);
  }
}
