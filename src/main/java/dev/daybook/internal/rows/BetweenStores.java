package dev.daybook.internal.rows;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Work that holds two stores at once, one at a time in this process. A database in memory is read
 * by the connection that writes: between two of them, work in both directions at once would be a
 * deadlock.
 */
public final class BetweenStores {

  private static final ReentrantLock LOCK = new ReentrantLock();

  private BetweenStores() {}

  /** Runs work when nobody else holds two stores. */
  public static <T> T run(Supplier<T> work) {
    LOCK.lock();
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }
}
