package dev.daybook.internal.access;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.groupcommit.WriteQueue;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.TransactionSql;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the process: its session belongs to the holder of the right to write. Each
 * piece of work is its own transaction. Requests that wait in a queue at the same time share one:
 * the thread that has the right writes them all, and each gets its outcome after the commit.
 */
public final class SingleWriter implements AutoCloseable {

  private final WriteRight right = new WriteRight();
  private final Session session;
  private final WriterTransaction transaction;

  public SingleWriter(
      Session session,
      TransactionSql sql,
      FileWatch files,
      LogLimit log,
      Optional<LogMover> mover) {
    this.session = session;
    this.transaction = new WriterTransaction(session, sql, files, log, mover);
  }

  /** Runs work in a transaction, and after its commit what it left to be done then. */
  <T, X extends Exception> T write(StoreAccess.Work<T, X> work) throws X {
    List<CommitAction> actions;
    T result;
    enter();
    try {
      result = runOrRollBack(work);
      actions = session.commitActions().take();
      actions.forEach(CommitAction::committed);
    } finally {
      right.giveBack();
    }
    actions.forEach(CommitAction::released);
    return result;
  }

  /**
   * Writes the next requests in a queue: all that are in it when a transaction has begun. Each gets
   * its outcome. As long as it has not begun, each caller may leave the queue.
   *
   * @return what is left to be done once the writer is free
   * @throws DeadlineException if the deadline of this thread's call passes before it has begun
   * @throws WaitInterruptedException if this thread is interrupted before it has begun
   */
  List<CommitAction> writeNext(WriteQueue queue) {
    right.take();
    try {
      WriteGroup group = new WriteGroup(session, transaction);
      Throwable failure = begin();
      List<WriteQueue.Entry<?>> entries = takeOrRollBack(queue);
      try {
        if (failure != null) {
          group.failAll(entries, failure);
        } else if (entries.size() == 1) {
          group.writeAlone(entries.get(0));
        } else {
          group.writeTogether(entries);
        }
        return group.actions();
      } finally {
        queue.answer(entries);
      }
    } finally {
      right.giveBack();
    }
  }

  /** Returns a failure that is of all requests, and not of the leader's alone. */
  private @Nullable Throwable begin() {
    try {
      transaction.begin();
      return null;
    } catch (DeadlineException | WaitInterruptedException e) {
      throw e;
    } catch (Throwable e) {
      transaction.rollBack(e);
      return e;
    }
  }

  private List<WriteQueue.Entry<?>> takeOrRollBack(WriteQueue queue) {
    try {
      return queue.takeBegun();
    } catch (Throwable e) {
      transaction.rollBack(e);
      throw e;
    }
  }

  /** Runs work on the writer's session while no thread writes, outside a transaction. */
  <T, X extends Exception> T exclusive(StoreAccess.Work<T, X> work) throws X {
    enter();
    try {
      return watched(work);
    } finally {
      right.giveBack();
    }
  }

  /**
   * The same, but only if no thread writes now.
   *
   * @return empty if one does
   */
  <T, X extends Exception> Optional<T> ifFree(StoreAccess.Work<T, X> work) throws X {
    if (!right.tryTake()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.run(session));
    } finally {
      right.giveBack();
    }
  }

  /**
   * Waits for a write in progress up to a limit. Then that write is cancelled, and the database
   * rolls it back unless it is being committed at that moment.
   */
  @Override
  public void close() {
    requireOutside();
    if (right.revoke()) {
      session.close();
    } else {
      session.abort();
    }
  }

  private <T, X extends Exception> T runOrRollBack(StoreAccess.Work<T, X> work) throws X {
    try {
      transaction.begin();
      T result = watched(work);
      transaction.commit();
      return result;
    } catch (Throwable e) {
      transaction.rollBack(e);
      throw e;
    }
  }

  private <T, X extends Exception> T watched(StoreAccess.Work<T, X> work) throws X {
    session.watch(Deadline.current());
    try {
      return work.run(session);
    } finally {
      session.unwatch();
    }
  }

  private void enter() {
    requireOutside();
    right.take();
  }

  /**
   * Makes sure that this thread is not inside a transaction of this writer.
   *
   * @throws IllegalStateException if it is
   */
  void requireOutside() {
    if (right.isHeldByThisThread()) {
      throw new IllegalStateException(
          "this thread is inside a transaction of this Daybook; use within(transaction) there");
    }
  }
}
