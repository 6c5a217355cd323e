package dev.daybook.internal.access;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to try to shorten a log: each time that it has grown by the limit, and if it stays long
 * because of a reader elsewhere, a few times more at growing intervals.
 */
final class LogTries {

  private static final int MOST_TRIES = 10;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * How old the last check of the file may be: a check takes a tenth of the time of a short read.
   */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long limit;
  private final LongSupplier length;
  private final LongSupplier nanoTime;
  private volatile long looked;
  private volatile long bytes;
  private boolean trying;
  private long triedAt;
  private int tries;
  private long next;

  /**
   * @param limit how many bytes it may have
   * @param length how many it has
   */
  LogTries(long limit, LongSupplier length, LongSupplier nanoTime) {
    this.limit = limit;
    this.length = length;
    this.nanoTime = nanoTime;
    this.looked = nanoTime.getAsLong() - MOMENT_NANOS;
  }

  /** Whether it is time for a try; if so, the caller reports the result by {@link #ended}. */
  boolean isDue() {
    long now = nanoTime.getAsLong();
    return (bytes > limit || now - looked >= MOMENT_NANOS) && isDue(now);
  }

  private synchronized boolean isDue(long now) {
    looked = now;
    bytes = length.getAsLong();
    if (bytes <= limit) {
      triedAt = 0;
    }
    boolean grown = bytes > triedAt + limit;
    if (grown) {
      tries = 0;
    }
    boolean again = triedAt > 0 && tries < MOST_TRIES && now - next >= 0;
    if (trying || !(grown || again)) {
      return false;
    }
    trying = true;
    return true;
  }

  /**
   * A try has ended.
   *
   * @param succeeded empty if it was cancelled because another thread is about to try
   */
  synchronized void ended(Optional<Boolean> succeeded) {
    trying = false;
    if (succeeded.isPresent() && !succeeded.get()) {
      triedAt = bytes;
      next = nanoTime.getAsLong() + (FIRST_PAUSE_NANOS << tries);
      tries++;
    }
  }
}
