package dev.daybook.subscription.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a subscription has been asked to do, and waiting that ends when it is asked to stop. */
final class Control {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stop = lock.newCondition();
  private volatile boolean stopping;
  private volatile boolean paused;

  boolean stopping() {
    return stopping;
  }

  boolean paused() {
    return paused;
  }

  void pause(boolean on) {
    paused = on;
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      stop.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits.
   *
   * @return {@code false} if it is to stop
   */
  boolean waitFor(long time, TimeUnit unit) {
    long nanos = unit.toNanos(time);
    lock.lock();
    try {
      while (nanos > 0 && !stopping) {
        nanos = stop.awaitNanos(nanos);
      }
      return !stopping;
    } catch (InterruptedException e) {
      // Only the end of the subscription interrupts its threads; a handler may have done it too.
      return !stopping;
    } finally {
      lock.unlock();
    }
  }
}
