package dev.daybook.internal.database;

import dev.daybook.internal.deadlines.Deadline;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Work that holds two stores at once. A database that is read by the connection that writes, as one
 * in memory is, is held by it for so long: between two of them, work in both directions at once
 * would be a deadlock. So there is one such work at a time in this process.
 */
public final class BetweenStores {

  private static final ReentrantLock LOCK = new ReentrantLock();

  private BetweenStores() {}

  /**
   * Runs work that holds two stores.
   *
   * @throws IllegalStateException if this thread is in a transaction of one of them
   */
  public static <T> T run(Database one, Database other, Supplier<T> work) {
    one.requireOutsideTransaction();
    other.requireOutsideTransaction();
    if (one.readsBesideWrites() && other.readsBesideWrites()) {
      return work.get();
    }
    Deadline.lock(LOCK, "other work between two stores");
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }
}
