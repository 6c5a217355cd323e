package dev.daybook.internal.deadlines;

import dev.daybook.error.DaybookException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a thread runs in a database. Once its deadline has passed, or the thread was
 * interrupted, the database is asked to cancel it; if it does not within {@link Deadline#GRACE},
 * the connection is aborted. One thread polls all watches, and ends when there are none.
 */
public final class Watch {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int IDLE_POLLS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Set<Watch> ALL = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean POLLED = new AtomicBoolean();

  /** What is watched. Both are called by other threads, and throw nothing. */
  public interface Target {

    /** Asks the database to cancel what is running, if anything is; may take long. */
    void cancel();

    /** Aborts the connection, if the thread that waits for it would notice. */
    void abort();
  }

  private enum Reason {
    DEADLINE,
    INTERRUPT
  }

  private final Deadline deadline;
  private final Target target;
  private final Thread thread = Thread.currentThread();
  private volatile @Nullable Reason reason;
  private volatile boolean ended;
  private volatile boolean noticed;
  private long since;
  private boolean aborted;
  private @Nullable Thread cancelling;

  private Watch(Deadline deadline, Target target) {
    this.deadline = deadline;
    this.target = target;
  }

  /** Watches what this thread runs until the watch is {@linkplain #end ended}. */
  public static Watch begin(Deadline deadline, Target target) {
    Watch watch = new Watch(deadline, target);
    ALL.add(watch);
    poll();
    return watch;
  }

  private static void poll() {
    if (!POLLED.get() && POLLED.compareAndSet(false, true)) {
      start("daybook-deadlines", Watch::pollWhileThereAreAny);
    }
  }

  private static void pollWhileThereAreAny() {
    try {
      int idle = 0;
      while (idle < IDLE_POLLS) {
        LockSupport.parkNanos(POLL_NANOS);
        idle = ALL.isEmpty() ? idle + 1 : 0;
        ALL.forEach(Watch::look);
      }
    } finally {
      POLLED.set(false);
    }
    if (!ALL.isEmpty()) {
      poll();
    }
  }

  private synchronized void look() {
    if (ended) {
      return;
    }
    if (reason != null) {
      abortIfDue();
    } else if (thread.isInterrupted()) {
      cancel(Reason.INTERRUPT);
    } else if (deadline.nanosLeft() <= 0) {
      cancel(Reason.DEADLINE);
    }
  }

  private void cancel(Reason why) {
    since = System.nanoTime();
    reason = why;
    cancelling = start("daybook-cancelling", this::cancelUntilItEnds);
  }

  /** Nothing may have been running the first time. */
  private void cancelUntilItEnds() {
    while (!ended && !noticed) {
      target.cancel();
      if (!ended && !noticed) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void abortIfDue() {
    if (!aborted && System.nanoTime() - since >= Deadline.GRACE.toNanos()) {
      aborted = true;
      start("daybook-aborting", target::abort);
    }
  }

  /**
   * Ends the watch: nothing is cancelled any more. If the database is still being asked to cancel,
   * which may cancel what is run next, the connection is aborted.
   */
  public void end() {
    ALL.remove(this);
    Thread canceller;
    synchronized (this) {
      ended = true;
      canceller = cancelling;
    }
    if (canceller != null && !hasEnded(canceller)) {
      target.abort();
    }
  }

  private boolean hasEnded(Thread canceller) {
    LockSupport.unpark(canceller);
    return Uninterrupted.join(canceller, Deadline.GRACE.toNanos() - (System.nanoTime() - since));
  }

  /** Whether what is watched was cancelled, or is about to be. */
  public boolean hasCancelled() {
    return reason != null || deadline.nanosLeft() <= 0;
  }

  /** Says that the thread leaves what was cancelled, if it was: nothing more is. */
  public void notice() {
    noticed |= hasCancelled();
  }

  /** Whether it was cancelled, or is about to be, and the thread has not noticed. */
  public boolean isUnnoticed() {
    return !noticed && hasCancelled();
  }

  /**
   * The exception for a failure of what was cancelled.
   *
   * @param what the thread waited for
   * @param mayBeWritten whether it may have written something all the same
   */
  public DaybookException failure(String what, boolean mayBeWritten, @Nullable Throwable cause) {
    notice();
    if (reason == Reason.INTERRUPT) {
      return mayBeWritten
          ? Deadline.interruptedWhileWriting(cause)
          : Deadline.interrupted(what, cause);
    }
    return mayBeWritten ? deadline.passedWhileWriting(cause) : deadline.passed(what, cause);
  }

  private static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
