package dev.daybook.internal.deadlines;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.WaitInterruptedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when a call waits. It is bound to the thread of the call; a thread without one waits as
 * long as it takes. An interrupt ends a wait with or without a deadline, but not a call that does
 * not have to wait. What is waited for, as the exceptions name it, completes "waited for".
 */
public final class Deadline {

  /**
   * How much longer than its deadline a call may take, to find out what became of what had begun.
   */
  public static final Duration GRACE = Duration.ofMillis(500);

  /** Longer than a process lives. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Deadline NONE = new Deadline(Duration.ZERO, 0, false);
  private static final ThreadLocal<@Nullable Deadline> BOUND = new ThreadLocal<>();

  private final Duration time;
  private final long at;
  private final boolean limited;

  private Deadline(Duration time, long at, boolean limited) {
    this.time = time;
    this.at = at;
    this.limited = limited;
  }

  /** A call that may be bound. */
  @FunctionalInterface
  public interface Call<T, X extends Throwable> {
    T run() throws X;
  }

  private interface Wait {
    boolean within(long time, TimeUnit unit) throws InterruptedException;
  }

  private interface EndlessWait {
    void run() throws InterruptedException;
  }

  /** A deadline that is so far away from now. */
  public static Deadline after(Duration time) {
    Duration counted = time.compareTo(LONGEST) < 0 ? time : LONGEST;
    return new Deadline(time, System.nanoTime() + counted.toNanos(), true);
  }

  /** The deadline of the call that this thread is in. */
  public static Deadline current() {
    Deadline bound = BOUND.get();
    return bound == null ? NONE : bound;
  }

  /** Runs a call of this thread that ends by this deadline, or by that of the call around it. */
  public <T, X extends Throwable> T bind(Call<T, X> call) throws X {
    Deadline outer = BOUND.get();
    BOUND.set(outer == null || nanosLeft() < outer.nanosLeft() ? this : outer);
    try {
      return call.run();
    } finally {
      if (outer == null) {
        BOUND.remove();
      } else {
        BOUND.set(outer);
      }
    }
  }

  /** The same work for another thread, where it has the deadline of this thread's call. */
  public static <T> Supplier<T> carried(Supplier<T> work) {
    Deadline deadline = current();
    return () -> deadline.bind(work::get);
  }

  /**
   * Does the rest of a call of which a part was written in its own transaction.
   *
   * @throws OutcomeUnknownException if the deadline passes or the thread is interrupted before the
   *     next part: the exception for that would say that nothing was written
   */
  public static <T> T finish(Supplier<T> rest) {
    try {
      return rest.get();
    } catch (DeadlineException | WaitInterruptedException e) {
      throw new OutcomeUnknownException(
          "the call ended by its deadline or an interrupt after a part of it was written: another call continues from there",
          e);
    }
  }

  /** Whether there is one. */
  public boolean isLimited() {
    return limited;
  }

  /** The same time again, from now on. */
  public Deadline again() {
    return limited ? after(time) : this;
  }

  /** How long it still is; 0 or less once it has passed. */
  public long nanosLeft() {
    return limited ? at - System.nanoTime() : Long.MAX_VALUE;
  }

  /**
   * Makes sure that there is time left.
   *
   * @throws DeadlineException if there is none
   */
  public void requireLeft(String what) {
    if (limited && nanosLeft() <= 0) {
      throw passed(what, null);
    }
  }

  /** It passed before anything was written. */
  public DeadlineException passed(String what, @Nullable Throwable cause) {
    return new DeadlineException(
        "the call did not end within its deadline of %s; it waited for %s, and nothing was written"
            .formatted(time, what),
        cause);
  }

  /** It passed while something was being written. */
  public OutcomeUnknownException passedWhileWriting(@Nullable Throwable cause) {
    return new OutcomeUnknownException(
        "the call did not end within its deadline of %s, and its write had begun: it may be stored, or may not"
            .formatted(time),
        cause);
  }

  /** This thread was interrupted before anything was written. */
  public static WaitInterruptedException interrupted(String what, @Nullable Throwable cause) {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException(
        "the thread was interrupted while it waited for %s; nothing was written".formatted(what),
        cause);
  }

  /** This thread was interrupted while something was being written. */
  public static OutcomeUnknownException interruptedWhileWriting(@Nullable Throwable cause) {
    Thread.currentThread().interrupt();
    return new OutcomeUnknownException(
        "the thread was interrupted while its write was in progress: it may be stored, or may not",
        cause);
  }

  /**
   * Makes sure that this thread was not interrupted.
   *
   * @throws WaitInterruptedException if it was, and leaves the interrupt
   */
  public static void requireNotInterrupted(String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(what, null);
    }
  }

  /**
   * Acquires permits, of which this thread may have to wait for some.
   *
   * @throws DeadlineException if the deadline of this thread's call passes before
   * @throws WaitInterruptedException if this thread is interrupted while it waits
   */
  public static void acquire(Semaphore permits, int number, String what) {
    if (!isAcquiredAtOnce(permits, number)) {
      await(
          (time, unit) -> permits.tryAcquire(number, time, unit),
          () -> permits.acquire(number),
          what);
    }
  }

  /** Threads that wait already come first, if the semaphore keeps their order. */
  private static boolean isAcquiredAtOnce(Semaphore permits, int number) {
    try {
      return permits.tryAcquire(number, 0, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return isAcquiredAfterInterrupt((time, unit) -> permits.tryAcquire(number, time, unit));
    }
  }

  /**
   * Takes a lock, for which this thread may have to wait.
   *
   * @throws DeadlineException if the deadline of this thread's call passes before
   * @throws WaitInterruptedException if this thread is interrupted while it waits
   */
  public static void lock(Lock lock, String what) {
    if (!isTakenAtOnce(lock)) {
      await(lock::tryLock, lock::lockInterruptibly, what);
    }
  }

  private static boolean isTakenAtOnce(Lock lock) {
    try {
      return lock.tryLock(0, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return isAcquiredAfterInterrupt(lock::tryLock);
    }
  }

  /** An interrupt before it ends no call that does not have to wait. */
  private static boolean isAcquiredAfterInterrupt(Wait wait) {
    try {
      return wait.within(0, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false;
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Wait wait, EndlessWait endless, String what) {
    Deadline deadline = current();
    try {
      if (!deadline.limited) {
        endless.run();
      } else if (!wait.within(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
        throw deadline.passed(what, null);
      }
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }
}
