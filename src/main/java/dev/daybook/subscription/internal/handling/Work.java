package dev.daybook.subscription.internal.handling;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.transactions.NestedTransactions;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.BatchHandler;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.TransactionalBatchHandler;
import dev.daybook.subscription.internal.leases.LeaseLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Configuration;

/** Calling the handler as its guarantee wants it. */
public sealed interface Work<E> {

  /** How many causes of a handler's failure to examine. */
  int MOST_CAUSES = 100;

  /**
   * How the handler of a subscription is called.
   *
   * @param name the subscription's name
   */
  static <E> Work<E> of(String name, Delivery<E> delivery, Database database) {
    ObservedCalls calls = new ObservedCalls(database.observers(), name);
    return delivery instanceof ExactlyOnce<E> exactly
        ? new InTransaction<>(database, calls, exactly.handler(), exactly.whole())
        : new BeforeSaving<>(database, calls, ((AtLeastOnce<E>) delivery).handler());
  }

  /** Whether a batch that failed is retried as a whole before it is taken apart. */
  boolean whole();

  /** Whether the saving that belongs to each call is part of it, or can be put off. */
  boolean savesWithEach();

  /**
   * Calls the handler, unless there is nothing left to handle, and then writes.
   *
   * @param events the events that still exist, checked right before the call
   * @param write what to write with it
   */
  void run(Function<SqlAccess, List<RecordedEvent<E>>> events, Consumer<SqlAccess> write)
      throws HandlerFailure;

  /**
   * Makes sure that what a handler threw is not a transient failure of a database: the handler did
   * not cause that, and is called again until it has passed.
   */
  private static void requireNotOfDatabase(Database database, Throwable thrown) {
    for (Throwable cause : causes(thrown)) {
      if (cause instanceof ConnectionLostException) {
        throw new ConnectionLostException("a connection was lost inside a handler", thrown);
      }
      if (database.passesByItself(cause)) {
        throw new DatabaseBusyException("a database was locked for a handler", thrown);
      }
    }
  }

  /** A chain of causes may end in itself, and a failure may fail when it is asked for its cause. */
  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    try {
      Throwable cause = thrown;
      while (cause != null && causes.size() < MOST_CAUSES) {
        causes.add(cause);
        cause = cause.getCause();
      }
    } catch (Throwable noCause) {
      // Those that are known have to do.
    }
    return causes;
  }

  /** First the handler, then, in its own transaction, the write. */
  record BeforeSaving<E>(Database database, ObservedCalls calls, BatchHandler<E> handler)
      implements Work<E> {

    @Override
    public boolean whole() {
      return true;
    }

    @Override
    public boolean savesWithEach() {
      return false;
    }

    @Override
    public void run(Function<SqlAccess, List<RecordedEvent<E>>> events, Consumer<SqlAccess> write)
        throws HandlerFailure {
      List<RecordedEvent<E>> left = events.apply(database);
      if (!left.isEmpty()) {
        handle(left);
      }
      write.accept(database);
    }

    private void handle(List<RecordedEvent<E>> events) throws HandlerFailure {
      try {
        calls.run(events, true, handler::handle);
      } catch (Throwable e) {
        requireNotOfDatabase(database, e);
        throw HandlerFailure.handling(e);
      } finally {
        Callbacks.forgetInterrupt();
      }
    }
  }

  /** Both in one transaction. */
  record InTransaction<E>(
      Database database, ObservedCalls calls, TransactionalBatchHandler<E> handler, boolean whole)
      implements Work<E> {

    @Override
    public boolean savesWithEach() {
      return true;
    }

    @Override
    public void run(Function<SqlAccess, List<RecordedEvent<E>>> events, Consumer<SqlAccess> write)
        throws HandlerFailure {
      try {
        database.<Boolean, HandlerFailure>newTransaction(
            transaction -> {
              List<RecordedEvent<E>> left = events.apply(database.join(transaction));
              if (!left.isEmpty()) {
                handle(transaction, left);
              }
              write.accept(database.join(transaction));
              return true;
            });
      } catch (DatabaseException | TransactionConflictException e) {
        // A rule that is enforced by the commit, or a failure that the handler has kept to itself.
        if (database.refusesContent(e)) {
          throw HandlerFailure.handling(e);
        }
        throw e;
      } catch (DaybookException | LeaseLostException e) {
        throw e;
      } catch (RuntimeException e) {
        // The application's transactions refuse to commit what the handler has done.
        throw HandlerFailure.handling(e);
      }
    }

    private void handle(Configuration transaction, List<RecordedEvent<E>> events)
        throws HandlerFailure {
      try {
        calls.run(events, whole, some -> handler.handle(transaction, some));
      } catch (Throwable e) {
        requireConnection(transaction, e);
        requireNotOfDatabase(database, e);
        throw HandlerFailure.handling(e);
      } finally {
        Callbacks.forgetInterrupt();
      }
    }

    /** A handler can't help it if the transaction's connection breaks while it is at work. */
    private static void requireConnection(Configuration transaction, Throwable failure) {
      if (NestedTransactions.isLost(transaction)) {
        throw new ConnectionLostException("the connection was lost inside a handler", failure);
      }
    }
  }
}
