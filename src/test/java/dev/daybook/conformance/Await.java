package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what becomes true by itself, and that nobody announces. */
public final class Await {

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + MOST_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("what was waited for has not come true");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
