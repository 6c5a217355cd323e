package dev.daybook.internal.groupcommit;

import dev.daybook.internal.deadlines.Deadline;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One thread at a time has the permit. If it keeps the permit for too long, another thread takes it
 * over, and the former holder continues without it.
 */
final class ExpiringPermits {

  /** Not a value: each is another one. */
  static final class Permit {
    private Permit() {}
  }

  private final Semaphore free = new Semaphore(1);
  private final AtomicReference<@Nullable Permit> taken = new AtomicReference<>();
  private final long longestWaitNanos;

  /**
   * @param longestWait how long to wait before the permit is taken over from a thread that has had
   *     it all that time
   */
  ExpiringPermits(Duration longestWait) {
    this.longestWaitNanos = longestWait.toNanos();
  }

  /**
   * Waits for the permit, which must be {@linkplain #end ended}. One at a time may wait.
   *
   * @throws dev.daybook.error.WaitInterruptedException if this thread is interrupted meanwhile
   */
  Permit take() {
    Permit permit = new Permit();
    while (!awaitFree()) {
      Permit late = taken.get();
      if (late != null && taken.compareAndSet(late, permit)) {
        return permit;
      }
    }
    taken.set(permit);
    return permit;
  }

  void end(Permit permit) {
    if (taken.compareAndSet(permit, null)) {
      free.release();
    }
  }

  boolean isFree() {
    return free.availablePermits() == 1;
  }

  private boolean awaitFree() {
    if (free.tryAcquire()) {
      return true;
    }
    try {
      return free.tryAcquire(longestWaitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Deadline.interrupted("the write in progress", e);
    }
  }
}
