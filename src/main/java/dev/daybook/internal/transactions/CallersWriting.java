package dev.daybook.internal.transactions;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads that have written in a caller's transaction which is still open, where one
 * transaction writes at a time: a write of such a thread outside of it would wait for itself.
 */
public final class CallersWriting {

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  void began(Thread thread) {
    threads.add(thread);
  }

  void ended(Thread thread) {
    threads.remove(thread);
  }

  /**
   * Makes sure that this thread is not one of them.
   *
   * @throws IllegalStateException if it is
   */
  public void requireOutside() {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "this thread has written in a transaction to which this Daybook is bound, and which is still open, so no other write can begin; use within(transaction) here too, or write after its end");
    }
  }
}
