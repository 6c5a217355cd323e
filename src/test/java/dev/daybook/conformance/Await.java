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

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

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
    long since = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long now = progress.getAsLong();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
        fail("what was waited for has not come true; its progress stands at " + now);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
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
    long deadline = System.nanoTime() + patience.toNanos();
    List<?> left = found.get();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
      left = found.get();
    }
    assertThat(left).as(none).isEmpty();
  }
}
