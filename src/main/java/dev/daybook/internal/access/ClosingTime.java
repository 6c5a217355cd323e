package dev.daybook.internal.access;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a close waits for work in progress before it cancels it. Without a limit it would hang
 * as long as a network, or the work in a transaction, hangs.
 */
public final class ClosingTime {

  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private ClosingTime() {}

  /** Waits for something up to a time. */
  @FunctionalInterface
  public interface Timed {
    boolean within(long time, TimeUnit unit) throws InterruptedException;
  }

  /**
   * Waits up to the limit, and keeps an interrupt for later.
   *
   * @param what is waited for
   * @return whether it was acquired
   */
  public static boolean await(Supplier<String> what, Timed wait) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          boolean had = wait.within(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (!had) {
            LOG.log(
                System.Logger.Level.WARNING,
                () ->
                    "the close of a Daybook waits no longer for %s, and cancels it"
                        .formatted(what.get()));
          }
          return had;
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
