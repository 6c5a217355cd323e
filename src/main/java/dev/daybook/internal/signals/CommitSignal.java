package dev.daybook.internal.signals;

import dev.daybook.error.ClosedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Word of commits, for those who wait for something new: at once of this process's, and of other
 * processes' by a {@link CommitPoller}, which looks only while somebody is watching. A word says
 * that there may be something new, not what; some that come close together are heard as one. What
 * was written elsewhere and has changed nothing in the journal is told only to those who listen.
 */
public final class CommitSignal implements AutoCloseable {

  private final CommitPoller.Factory pollers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean watched;
  private int watches;
  private long count;
  private boolean closed;
  private Runnable stopPolling = () -> {};

  public CommitSignal(CommitPoller.Factory pollers) {
    this.pollers = pollers;
  }

  /** Says that something was committed. */
  public void signal() {
    // Whoever begins to watch looks at the database before it waits.
    if (!watched) {
      return;
    }
    lock.lock();
    try {
      count++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.news.run());
  }

  private void somethingElse() {
    listeners.forEach(listener -> listener.somethingElse.run());
  }

  /**
   * Has somebody called, who returns at once, from any thread.
   *
   * @param news when there may be something new
   * @param somethingElse when something was written elsewhere that is nothing new in the journal
   * @throws ClosedException after the close
   */
  public Listening listen(Runnable news, Runnable somethingElse) {
    Listening listening = new Listening(watch(), news, somethingElse);
    listeners.add(listening);
    return listening;
  }

  /** One who is called. */
  public final class Listening implements AutoCloseable {

    private final Watch watch;
    private final Runnable news;
    private final Runnable somethingElse;

    private Listening(Watch watch, Runnable news, Runnable somethingElse) {
      this.watch = watch;
      this.news = news;
      this.somethingElse = somethingElse;
    }

    @Override
    public void close() {
      listeners.remove(this);
      watch.close();
    }
  }

  /**
   * Begins to watch: what is committed from now on is heard by the next {@link Watch#await}.
   *
   * @throws ClosedException after the close
   */
  public Watch watch() {
    lock.lock();
    try {
      requireOpen();
      if (watches == 0) {
        stopPolling = pollers.start(this::signal, this::somethingElse);
      }
      watches++;
      watched = true;
      return new Watch(count);
    } finally {
      lock.unlock();
    }
  }

  /** Ends every wait with {@link ClosedException}. */
  @Override
  public void close() {
    Runnable stop;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      stop = stopPolling;
      stopPolling = () -> {};
    } finally {
      lock.unlock();
    }
    stop.run();
  }

  private void leave(Watch watch) {
    Runnable stop = () -> {};
    lock.lock();
    try {
      if (watch.left) {
        return;
      }
      watch.left = true;
      watches--;
      watched = watches > 0;
      if (!watched) {
        stop = stopPolling;
        stopPolling = () -> {};
      }
    } finally {
      lock.unlock();
    }
    stop.run();
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
  }

  /** One who watches. For one thread that waits; the others may be called from any. */
  public final class Watch implements AutoCloseable {

    private long seen;
    private boolean woken;
    private boolean left;

    private Watch(long seen) {
      this.seen = seen;
    }

    /**
     * Waits until something was committed since the last call, or {@link #wake} was called.
     *
     * @return whether it was; {@code false} once the time is up
     * @throws ClosedException if the database is closed
     */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      long nanos = unit.toNanos(time);
      lock.lockInterruptibly();
      try {
        while (seen == count && !woken) {
          requireOpen();
          if (nanos <= 0) {
            return false;
          }
          nanos = changed.awaitNanos(nanos);
        }
        requireOpen();
        seen = count;
        woken = false;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Ends this watch's wait, or its next one. */
    public void wake() {
      lock.lock();
      try {
        woken = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
