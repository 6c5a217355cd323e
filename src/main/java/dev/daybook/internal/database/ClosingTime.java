package dev.daybook.internal.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * How long a close waits for what is under way before it breaks it off. Without a limit it would
 * hang for as long as a network, or somebody's work in a transaction, does.
 */
final class ClosingTime {

  static final Duration LIMIT = Duration.ofSeconds(5);

  private ClosingTime() {}

  /**
   * Waits for a lock up to the limit, and leaves an interrupt for later.
   *
   * @return whether it was had
   */
  static boolean lock(Lock lock) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
}
