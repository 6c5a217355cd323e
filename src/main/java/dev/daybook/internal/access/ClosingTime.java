package dev.daybook.internal.access;

import dev.daybook.internal.deadlines.Uninterrupted;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long a close waits for work in progress before it cancels it. Without a limit it would hang
 * as long as a network, or the work in a transaction, hangs.
 */
public final class ClosingTime {

  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private ClosingTime() {}

  /**
   * Waits up to the limit, and keeps an interrupt for later.
   *
   * @param what is waited for
   * @return whether it was acquired
   */
  public static boolean await(Supplier<String> what, Uninterrupted.Wait wait) {
    boolean had = Uninterrupted.within(LIMIT.toNanos(), wait);
    if (!had) {
      LOG.log(
          System.Logger.Level.WARNING,
          () ->
              "the close of a Daybook waits no longer for %s, and cancels it"
                  .formatted(what.get()));
    }
    return had;
  }
}
