package dev.daybook.internal.deadlines;

import java.util.concurrent.TimeUnit;

/** Waits that an interrupt does not end: it is kept for later. */
public final class Uninterrupted {

  private Uninterrupted() {}

  /** Waits for something up to a time. */
  @FunctionalInterface
  public interface Wait {
    /** Says whether it has come. */
    boolean within(long time, TimeUnit unit) throws InterruptedException;
  }

  /**
   * Waits for something, also if interrupted.
   *
   * @return whether it has come
   */
  public static boolean within(long nanos, Wait wait) {
    long begin = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = Math.max(0, nanos - (System.nanoTime() - begin));
          return wait.within(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for the end of a thread, also if interrupted.
   *
   * @return whether it has ended
   */
  public static boolean join(Thread thread, long nanos) {
    return within(
        nanos,
        (time, unit) -> {
          thread.join(Math.max(1, unit.toMillis(time)));
          return !thread.isAlive();
        });
  }
}
