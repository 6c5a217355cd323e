package dev.daybook.subscription.internal.threads;

import dev.daybook.internal.deadlines.Uninterrupted;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done step by step, one at a time, on a thread that it has only while a step runs. In
 * between it waits until it is woken, or as long as the last step has said.
 */
public final class Steps {

  /** A step that ends the work. */
  public static final long END = -1;

  /** A wait that ends only by being woken. */
  public static final long UNTIL_WOKEN = Long.MAX_VALUE;

  /** One step. */
  @FunctionalInterface
  public interface Step {
    /**
     * Works.
     *
     * @return for how many nanoseconds to wait then, {@link #UNTIL_WOKEN} or {@link #END}
     */
    long run();
  }

  private enum Phase {
    WAITING,
    WORKING,
    WOKEN_WHILE_WORKING,
    ENDED
  }

  private final Workers workers;
  private final String name;
  private final Step step;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Phase phase = Phase.WAITING;
  private @Nullable Future<?> alarm;
  private @Nullable Thread thread;

  public Steps(Workers workers, String name, Step step) {
    this.workers = workers;
    this.name = name;
    this.step = step;
  }

  /** Has the next step begin now, or after the running one. */
  public synchronized void wake() {
    switch (phase) {
      case WAITING -> {
        if (alarm != null) {
          alarm.cancel(false);
          alarm = null;
        }
        phase = Phase.WORKING;
        workers.run(this::work);
      }
      case WORKING -> phase = Phase.WOKEN_WHILE_WORKING;
      case WOKEN_WHILE_WORKING, ENDED -> {}
    }
  }

  /** Whether this thread is the one that works. */
  public synchronized boolean isOwn(Thread asking) {
    return asking == thread;
  }

  /** Interrupts the running step. */
  public synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Waits for the end, also if interrupted.
   *
   * @return whether it has come
   */
  public boolean awaitEnd(Duration timeout) {
    return Uninterrupted.within(TimeUnit.NANOSECONDS.convert(timeout), ended::await);
  }

  private void work() {
    Thread current = Thread.currentThread();
    String before = current.getName();
    long wait = END;
    begin(current);
    try {
      do {
        wait = step.run();
      } while (goesOn(wait));
    } finally {
      current.setName(before);
      // It was meant for the work that is over.
      Thread.interrupted();
      if (wait == END) {
        end();
      }
    }
  }

  private synchronized void begin(Thread current) {
    thread = current;
    current.setName(name);
  }

  private synchronized boolean goesOn(long wait) {
    if (wait == END) {
      return false;
    }
    if (phase == Phase.WOKEN_WHILE_WORKING) {
      phase = Phase.WORKING;
      return true;
    }
    phase = Phase.WAITING;
    thread = null;
    if (wait != UNTIL_WOKEN) {
      alarm = workers.later(wait, this::wake);
    }
    return false;
  }

  private synchronized void end() {
    phase = Phase.ENDED;
    thread = null;
    ended.countDown();
  }
}
