package dev.daybook.internal.access;

import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.access.StoreAccess.Work;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Rendered;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Transactions that write, several at a time, each with a session for itself. A thread has one at a
 * time. Safe for several threads.
 */
final class RetryingTransactions implements AutoCloseable {

  private static final int MOST_ATTEMPTS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int MOST_PAUSES = 50;

  private final BorrowedSessions sessions;
  private final Rendered commit;
  private final List<Rendered> first;
  private final ReentrantReadWriteLock going = new ReentrantReadWriteLock();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /**
   * @param commit what each transaction ends with if all went well
   * @param first what each transaction has to begin with
   */
  RetryingTransactions(BorrowedSessions sessions, Rendered commit, List<Rendered> first) {
    this.sessions = sessions;
    this.commit = commit;
    this.first = first;
  }

  /** Runs work in a transaction, once, and then what it left to be done after the commit. */
  <T, X extends Exception> T once(Work<T, X> work) throws X {
    List<CommitAction> actions = new ArrayList<>();
    T result = committing(session -> inTransaction(session, work), actions);
    actions.forEach(CommitAction::released);
    return result;
  }

  /** The same, and again while other transactions get in the way: then nothing was written. */
  <T> T untilNobodyInTheWay(Function<Session, T> work) {
    return untilNobodyInTheWay(() -> once(work::apply));
  }

  /**
   * The same with work that is a transaction by itself.
   *
   * @param actions gets what it left to be done once its session is given back
   */
  <T> T untilNobodyInTheWay(
      Work<T, RuntimeException> committingByItself, List<CommitAction> actions) {
    Work<T, RuntimeException> work =
        first.isEmpty()
            ? committingByItself
            : session -> inTransaction(session, committingByItself);
    return untilNobodyInTheWay(() -> committing(work, actions));
  }

  /**
   * Runs work that commits, once.
   *
   * @param actions gets what it left to be done once its session is given back
   */
  <T, X extends Exception> T committing(Work<T, X> work, List<CommitAction> actions) throws X {
    requireOutside();
    going.readLock().lock();
    inside.set(true);
    try {
      return sessions.with(
          session -> {
            T result = runOrTell(session, work);
            List<CommitAction> done = session.commitActions().take();
            done.forEach(CommitAction::committed);
            actions.addAll(done);
            return result;
          });
    } finally {
      inside.remove();
      going.readLock().unlock();
    }
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
   * Waits for those that are going on, but not for ever, and then closes their sessions and all
   * others.
   */
  @Override
  public void close() {
    requireOutside();
    boolean ended =
        ClosingTime.await(() -> "transactions that are under way", going.writeLock()::tryLock);
    try {
      sessions.close();
    } finally {
      if (ended) {
        going.writeLock().unlock();
      }
    }
  }

  private static <T> T untilNobodyInTheWay(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (TransactionConflictException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        long longest = Math.min(attempt, MOST_PAUSES) * PAUSE_NANOS;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
      }
    }
  }

  private static <T, X extends Exception> T runOrTell(Session session, Work<T, X> work) throws X {
    try {
      return work.run(session);
    } catch (Throwable e) {
      session.commitActions().rolledBack();
      throw e;
    }
  }

  private <T, X extends Exception> T inTransaction(Session session, Work<T, X> work) throws X {
    session.begin();
    try {
      first.forEach(session::perform);
      T result = work.run(session);
      session.run(commit);
      return result;
    } catch (Throwable e) {
      Cleaning.after(e, session::rollBack);
      throw e;
    }
  }
}
