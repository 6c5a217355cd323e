package dev.daybook.internal.access;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.TransactionSql;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The transactions of a session that writes, one after the other, in a database that has one write
 * lock for all processes. A waiter polls the lock, and may give up although no process held it for
 * long: others took it again and again. So as long as others commit, it waits once more, up to a
 * limit.
 */
final class WriterTransaction {

  private static final int MOST_WAITS = 10;
  private static final String LOCK = "the write lock that another connection holds";

  /** A wait for the lock can't be interrupted. */
  private static final long LONGEST_WAIT_MILLIS = 50;

  private final Session session;
  private final TransactionSql sql;
  private final FileWatch files;
  private final LogLimit log;
  private final Optional<LogMover> mover;
  private boolean committed;
  private long seen;

  WriterTransaction(
      Session session,
      TransactionSql sql,
      FileWatch files,
      LogLimit log,
      Optional<LogMover> mover) {
    this.session = session;
    this.sql = sql;
    this.files = files;
    this.log = log;
    this.mover = mover;
    this.seen = session.changeCounter();
  }

  /**
   * Begins a transaction that has the lock.
   *
   * @throws DatabaseBusyException if the lock can't be acquired
   * @throws DeadlineException if the deadline of this thread's call passes before
   * @throws WaitInterruptedException if this thread is interrupted before
   */
  void begin() {
    Deadline deadline = Deadline.current();
    if (!deadline.isLimited()) {
      beginFor(() -> Deadline.requireNotInterrupted(LOCK));
      return;
    }
    long timeout = session.lockTimeoutMillis();
    try {
      beginBy(deadline, timeout);
    } finally {
      session.setLockTimeoutMillis(timeout);
    }
  }

  /** The same for requests of other callers, whatever this thread's call has for a deadline. */
  void beginForOthers() {
    beginFor(() -> {});
  }

  private void beginFor(Runnable requireNotInterrupted) {
    committed = false;
    files.requireInPlace();
    for (int waits = 1; ; waits++) {
      try {
        session.run(sql.begin());
        return;
      } catch (DatabaseBusyException e) {
        requireNotInterrupted.run();
        if (waits == MOST_WAITS || !othersHaveCommitted()) {
          throw e;
        }
      }
    }
  }

  /** Waits by short waits, and in all no longer than without a deadline. */
  private void beginBy(Deadline deadline, long timeout) {
    committed = false;
    files.requireInPlace();
    long begun = System.nanoTime();
    for (int waits = 1; ; ) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft());
      session.setLockTimeoutMillis(Math.max(0, Math.min(left, LONGEST_WAIT_MILLIS)));
      try {
        session.run(sql.begin());
        return;
      } catch (DatabaseBusyException e) {
        Deadline.requireNotInterrupted(LOCK);
        if (deadline.nanosLeft() <= 0) {
          throw deadline.passed(LOCK, e);
        }
        if (System.nanoTime() - begun >= waits * TimeUnit.MILLISECONDS.toNanos(timeout)) {
          if (waits == MOST_WAITS || !othersHaveCommitted()) {
            throw e;
          }
          waits++;
        }
      }
    }
  }

  /**
   * Commits.
   *
   * @throws DatabaseMovedException if that was done in a file that has been moved or deleted
   */
  void commit() {
    session.run(sql.commit());
    committed = true;
    files.look();
    mover.ifPresent(it -> it.committed(session));
    log.shortenIfDue(session, work -> Optional.of(work.run(session)));
  }

  /** Rolls the transaction back, because of a failure. */
  void rollBack(Throwable failure) {
    if (!committed) {
      rollBack(session, sql, failure);
    }
    session.commitActions().rolledBack();
  }

  /**
   * A cancelled statement may still be running, and keep the transaction open; so if the rollback
   * fails, it is tried once more without any statement. If the database has rolled back by itself,
   * that fails too, and there is nothing left to do.
   */
  static void rollBack(Session session, TransactionSql sql, Throwable failure) {
    session.cleanUp();
    for (int attempt = 1; attempt <= 2; attempt++) {
      try {
        session.run(sql.rollback());
        return;
      } catch (Throwable alsoFailed) {
        failure.addSuppressed(alsoFailed);
        // The driver has closed the one that failed, too.
        Cleaning.after(failure, session::forgetStatements);
      }
    }
  }

  private boolean othersHaveCommitted() {
    long before = seen;
    seen = session.changeCounter();
    return seen != before;
  }
}
