package dev.daybook.internal.access;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, which one thread has at a time. Once it is revoked no thread gets it any
 * more, even if its holder keeps it: threads that wait get a {@link ClosedException}.
 */
final class WriteRight {

  private final Semaphore free = new Semaphore(1);
  private volatile @Nullable Thread holder;
  private volatile boolean revoked;

  /**
   * Waits for it.
   *
   * @throws ClosedException if it is revoked
   * @throws DeadlineException if the deadline of this thread's call passes before
   * @throws WaitInterruptedException if this thread is interrupted before
   */
  void take() {
    Deadline.acquire(free, 1, "the writer");
    if (revoked) {
      free.release();
      throw new ClosedException("the Daybook is closed");
    }
    holder = Thread.currentThread();
  }

  /** Takes it if that needs no waiting, and says whether it did. */
  boolean tryTake() {
    if (!free.tryAcquire()) {
      return false;
    }
    if (revoked) {
      free.release();
      return false;
    }
    holder = Thread.currentThread();
    return true;
  }

  void giveBack() {
    holder = null;
    free.release();
  }

  boolean isHeldByThisThread() {
    return holder == Thread.currentThread();
  }

  /**
   * Revokes it permanently.
   *
   * @return whether its holder has returned it; {@code false} if it still has it after the time of
   *     a close
   */
  boolean revoke() {
    boolean givenBack = ClosingTime.await(() -> "the transaction of " + holder, free::tryAcquire);
    revoked = true;
    // So that the waiting threads see that, one after the other.
    free.release();
    return givenBack;
  }
}
