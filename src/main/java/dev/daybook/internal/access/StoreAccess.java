package dev.daybook.internal.access;

import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.function.Function;
import java.util.function.Supplier;

/** Work on the store's own connections, whatever the database lets them do at a time. */
public interface StoreAccess extends SqlAccess, AutoCloseable {

  /** Work that may throw what its caller declares. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T run(Session session) throws X;
  }

  /** Runs a caller's work in a transaction, once. */
  <T, X extends Exception> T transaction(Work<T, X> work) throws X;

  /** Reads one state of the database by several statements, while others continue to write. */
  <T> T snapshot(Function<Session, T> work);

  /**
   * The same as {@link #read} for a caller that checks the database repeatedly, and waits in
   * between.
   */
  default <T> T watch(Function<Session, T> work) {
    return read(work);
  }

  /** Called before a wait for new commits, outside a transaction. */
  default void rest(Session session) {}

  /** Runs work that reads the database on a connection that is not the store's. */
  default <T> T readingElsewhere(Supplier<T> work) {
    return work.get();
  }

  /** How many requests to write wait for their turn. */
  default int waitingWrites() {
    return 0;
  }

  /** Whether reads and writes run at the same time, without waiting for each other. */
  boolean readsBesideWrites();

  /**
   * Makes sure that this thread is not inside a transaction of this store.
   *
   * @throws IllegalStateException if it is
   */
  void requireOutside();

  /** Waits for a write in progress, then closes every connection. */
  @Override
  void close();
}
