package dev.daybook.internal.access;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Transactions that write, several at a time, each with a session for itself. A thread has one at a
 * time. Safe for several threads.
 */
final class PooledTransactions implements AutoCloseable {

  private final BorrowedSessions sessions;
  private final Script commit;
  private final List<Script> first;
  private final ReentrantReadWriteLock going = new ReentrantReadWriteLock();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /**
   * @param commit what each transaction ends with if all went well
   * @param first what each transaction has to begin with
   */
  PooledTransactions(BorrowedSessions sessions, Script commit, List<Script> first) {
    this.sessions = sessions;
    this.commit = commit;
    this.first = first;
  }

  /** Begins a transaction. */
  @MustBeClosed
  Transaction begin() {
    Transaction transaction = new Transaction();
    try {
      transaction.begin();
      return transaction;
    } catch (Throwable e) {
      Cleaning.after(e, transaction::close);
      throw e;
    }
  }

  /**
   * Lends a session for work that is a transaction by itself. One is begun for it only if each
   * transaction has to begin with something.
   */
  @MustBeClosed
  Transaction beginIfNeeded() {
    return first.isEmpty() ? lend() : begin();
  }

  /** Lends a session for work that is a transaction by itself, with its own settings. */
  @MustBeClosed
  Transaction lend() {
    Transaction transaction = new Transaction();
    transaction.session.committing();
    return transaction;
  }

  /**
   * Makes sure that this thread is not inside a transaction of these.
   *
   * @throws IllegalStateException if it is
   */
  void requireOutside() {
    if (inside.get()) {
      throw new IllegalStateException(
          "this thread is inside a transaction of this Daybook; use within(transaction) there");
    }
  }

  /**
   * Waits for transactions in progress up to a limit, and then closes their sessions and all
   * others.
   */
  @Override
  public void close() {
    requireOutside();
    boolean ended = ClosingTime.await(() -> "transactions in progress", going.writeLock()::tryLock);
    try {
      sessions.close();
    } finally {
      if (ended) {
        going.writeLock().unlock();
      }
    }
  }

  private Session enter() {
    requireOutside();
    Deadline.lock(going.readLock(), "the close in progress");
    inside.set(true);
    try {
      return sessions.borrow();
    } catch (Throwable e) {
      leave();
      throw e;
    }
  }

  private void leave() {
    inside.remove();
    going.readLock().unlock();
  }

  /** A session, and the transaction on it. For one thread. */
  final class Transaction implements AutoCloseable {

    private final Session session;
    private boolean begun;
    private boolean committed;

    private Transaction() {
      this.session = enter();
    }

    Session session() {
      return session;
    }

    private void begin() {
      session.begin();
      begun = true;
      first.forEach(session::perform);
    }

    /**
     * Commits what was begun.
     *
     * @return what is left to be done once this is closed
     */
    List<CommitAction> commit() {
      if (begun) {
        session.committing();
        session.run(commit);
      }
      committed = true;
      List<CommitAction> actions = session.commitActions().take();
      actions.forEach(CommitAction::committed);
      return actions;
    }

    /** Rolls back what was not committed, and gives the session back. */
    @Override
    public void close() {
      try {
        if (!committed) {
          rollBack();
        }
      } finally {
        sessions.giveBack(session);
        leave();
      }
    }

    private void rollBack() {
      try {
        if (begun) {
          session.cleanUp();
          session.rollBack();
        }
      } finally {
        session.commitActions().rolledBack();
      }
    }
  }
}
