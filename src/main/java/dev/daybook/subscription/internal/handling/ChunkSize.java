package dev.daybook.subscription.internal.handling;

import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import java.util.concurrent.TimeUnit;

/**
 * How many events to handle together next: as many as were asked for, or, where that only saves
 * commits, as many as don't keep other writers waiting for long.
 */
public final class ChunkSize {

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int most;
  private final boolean adapts;
  private int next;

  private ChunkSize(int most, boolean adapts) {
    this.most = most;
    this.adapts = adapts;
    this.next = adapts ? 1 : most;
  }

  public static ChunkSize of(Delivery<?> delivery) {
    boolean adapts = delivery instanceof ExactlyOnce<?> exactly && !exactly.whole();
    return new ChunkSize(delivery.batch(), adapts);
  }

  int next() {
    return next;
  }

  /** Learns from the last one. */
  void took(long nanos) {
    if (adapts) {
      next = nanos > LONG_NANOS ? Math.max(1, next / 2) : Math.min(most, 2 * next);
    }
  }
}
