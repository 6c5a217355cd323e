package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what becomes true by itself, and that nobody announces. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("what was waited for has not come true");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
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
