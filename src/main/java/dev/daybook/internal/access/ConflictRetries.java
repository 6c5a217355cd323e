package dev.daybook.internal.access;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How often work is tried again after conflicts with other transactions, and after which pauses.
 * For one piece of work.
 */
public final class ConflictRetries {

  private static final int MOST_ATTEMPTS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int MOST_PAUSES = 50;
  private static final String CONFLICT = "another transaction that writes the same rows";

  private int attempts;

  /**
   * Pauses after an attempt that wrote nothing, because it conflicted with another transaction.
   *
   * @throws TransactionConflictException the attempt's failure, if it was the last one
   * @throws DeadlineException if the deadline of this thread's call has passed
   * @throws WaitInterruptedException if this thread was interrupted
   */
  public void pause(TransactionConflictException failure) {
    attempts++;
    if (attempts == MOST_ATTEMPTS) {
      throw failure;
    }
    Deadline.current().requireLeft(CONFLICT);
    Deadline.requireNotInterrupted(CONFLICT);
    long longest = Math.min(attempts, MOST_PAUSES) * PAUSE_NANOS;
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
  }
}
