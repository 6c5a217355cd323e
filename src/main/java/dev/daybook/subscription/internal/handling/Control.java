package dev.daybook.subscription.internal.handling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a subscription has been asked to do, and waiting that ends when it is asked to stop, or to
 * pause.
 */
public final class Control {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private volatile boolean stopping;
  private volatile boolean paused;
  private volatile boolean namePaused;
  private volatile boolean abandoned;

  public boolean stopping() {
    return stopping;
  }

  public boolean paused() {
    return paused || namePaused;
  }

  /** Whether the handler is not to be called now. */
  boolean halting() {
    return stopping || abandoned || paused();
  }

  /** Pauses this one. */
  public void pause(boolean on) {
    ask(() -> paused = on);
  }

  /**
   * Pauses all of its name; independent of {@link #pause}.
   *
   * @return whether that is new
   */
  public boolean pauseName(boolean on) {
    boolean changes = namePaused != on;
    if (changes) {
      ask(() -> namePaused = on);
    }
    return changes;
  }

  public void stop() {
    ask(() -> stopping = true);
  }

  /** Ends what waits to call the handler again, because the work with this lease is over. */
  void abandon() {
    ask(() -> abandoned = true);
  }

  /** Work with another lease begins. */
  public void begin() {
    ask(() -> abandoned = false);
  }

  private void ask(Runnable request) {
    lock.lock();
    try {
      request.run();
      asked.signalAll();
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
    return waitUnless(this::stopping, unit.toNanos(time));
  }

  /**
   * Waits before the handler is called again.
   *
   * @return {@code false} if it has to stop or pause, or {@link #abandon} was called
   */
  boolean waitToCall(long time, TimeUnit unit) {
    return waitUnless(this::halting, unit.toNanos(time));
  }

  private boolean waitUnless(BooleanSupplier over, long time) {
    long nanos = time;
    lock.lock();
    try {
      while (nanos > 0 && !over.getAsBoolean()) {
        nanos = asked.awaitNanos(nanos);
      }
      return !over.getAsBoolean();
    } catch (InterruptedException e) {
      // Only the end of the subscription interrupts its threads; a handler may have done it too.
      return !over.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
