package dev.daybook.transaction;

import java.util.Optional;

/**
 * Where an application's transactions come from that Daybook does not begin itself: a framework, a
 * transaction manager. A Daybook that was {@linkplain dev.daybook.DaybookBuilder#transactions built
 * with one} takes part in the transaction that the calling thread is in, and begins its own
 * transactions by it.
 *
 * <p>Called by several threads at a time. What it throws reaches the caller of Daybook unchanged,
 * except a failure to begin or to commit that has a {@link java.sql.SQLException} among its causes,
 * or among what was suppressed for it: that becomes an exception of Daybook.
 */
public interface TransactionHost {

  /**
   * The transaction that the calling thread is in, and which has not ended yet. Called for each use
   * of a repository, so it must return at once.
   *
   * @return the same object for the same transaction; empty if the thread is in none, if its
   *     transaction has ended although its connection is still bound to the thread, or if it has
   *     none on the database's connections
   */
  Optional<HostTransaction> current();

  /**
   * Runs work in a new transaction, beside the one that the thread may be in. While it runs, {@link
   * #current()} returns the new one. Commits after the work, and rolls back if the work throws.
   *
   * @throws X what the work threw, unchanged
   */
  <T, X extends Exception> T inNew(Work<T, X> work) throws X;

  /**
   * Work inside a new transaction.
   *
   * @param <T> what it returns
   * @param <X> what it may throw
   */
  @FunctionalInterface
  interface Work<T, X extends Exception> {

    /** Runs once, on the calling thread. */
    T run() throws X;
  }
}
