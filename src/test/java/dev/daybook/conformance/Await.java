package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waiting for what becomes true by itself, and that nobody announces. It gives up when nothing has
 * moved for {@link #PATIENCE}, which is long for a machine that is busy with much else.
 */
public final class Await {

  /** How long a test waits for what a healthy store does soon. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** A look costs processor time, and may be a query; what takes long is looked for less often. */
  private static final int PAUSES_PER_WAIT = 16;

  private Await() {}

  public static void until(BooleanSupplier condition) {
    until(condition, () -> 0);
  }

  /**
   * The same for what takes long.
   *
   * @param progress a number that changes as long as it comes nearer
   */
  public static void until(BooleanSupplier condition, LongSupplier progress) {
    long last = progress.getAsLong();
    long begun = System.nanoTime();
    long since = begun;
    while (!condition.getAsBoolean()) {
      long now = progress.getAsLong();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
        fail("what was waited for has not come true; its progress stands at " + now);
      }
      pause(begun);
    }
  }

  private static void pause(long begun) {
    long waited = System.nanoTime() - begun;
    LockSupport.parkNanos(
        Math.max(SHORTEST_PAUSE_NANOS, Math.min(waited / PAUSES_PER_WAIT, LONGEST_PAUSE_NANOS)));
  }

  /** Waits until another process has made a file. */
  public static void untilExists(Path file) {
    until(() -> Files.exists(file));
  }

  /** Waits until there is none left; fails with those that are. */
  public static void until(String none, Supplier<? extends List<?>> found) {
    until(none, found, PATIENCE);
  }

  static void until(String none, Supplier<? extends List<?>> found, Duration patience) {
    long begun = System.nanoTime();
    List<?> left = found.get();
    while (!left.isEmpty() && System.nanoTime() - begun < patience.toNanos()) {
      pause(begun);
      left = found.get();
    }
    assertThat(left).as(none).isEmpty();
  }
}
