package dev.daybook.internal.groupcommit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One thread at a time may do something. Who takes too long keeps nobody waiting: his turn is taken
 * over, and he goes on without.
 */
final class Turns {

  /** What one has who may. Not a value: each is another one. */
  static final class Turn {
    private Turn() {}
  }

  private final Semaphore free = new Semaphore(1);
  private final AtomicReference<@Nullable Turn> taken = new AtomicReference<>();
  private final long longestWaitNanos;

  /**
   * @param longestWait how long to wait before the turn of one who has had it all that time is
   *     taken over
   */
  Turns(Duration longestWait) {
    this.longestWaitNanos = longestWait.toNanos();
  }

  /**
   * Waits for a turn, which must be {@linkplain #end ended}. One at a time may wait. An interrupt
   * is left for later.
   */
  Turn take() {
    Turn turn = new Turn();
    while (!awaitFree()) {
      Turn late = taken.get();
      if (late != null && taken.compareAndSet(late, turn)) {
        return turn;
      }
    }
    taken.set(turn);
    return turn;
  }

  void end(Turn turn) {
    if (taken.compareAndSet(turn, null)) {
      free.release();
    }
  }

  boolean isFree() {
    return free.availablePermits() == 1;
  }

  private boolean awaitFree() {
    long deadline = System.nanoTime() + longestWaitNanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
