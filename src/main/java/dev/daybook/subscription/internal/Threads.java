package dev.daybook.subscription.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Threads that keep no process alive, and waiting for their end. */
final class Threads {

  private Threads() {}

  static Thread unstarted(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  static Thread start(String name, Runnable work) {
    Thread thread = unstarted(name, work);
    thread.start();
    return thread;
  }

  /** Waits for the end of a thread that is going to end, also if interrupted. */
  static void joinFully(Thread thread) {
    joinWithin(thread, Duration.ofDays(1));
  }

  /**
   * Waits for the end of a thread, also if interrupted.
   *
   * @return whether it has ended
   */
  static boolean joinWithin(Thread thread, Duration timeout) {
    long begin = System.nanoTime();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    boolean interrupted = false;
    try {
      while (thread.isAlive()) {
        long millis = (nanos - (System.nanoTime() - begin)) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        try {
          thread.join(millis);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
