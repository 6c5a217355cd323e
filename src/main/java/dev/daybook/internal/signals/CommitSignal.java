package dev.daybook.internal.signals;

import dev.daybook.error.ClosedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notifies waiting threads of commits: at once of this process's, and of other processes' by a
 * {@link CommitPoller}, which polls only while something watches. A notification says that there
 * may be something new, not what; several in quick succession may be one. Commits elsewhere that
 * have changed nothing in the journal are reported only to listeners.
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
    // A new watcher reads the database before it waits.
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
   * Registers a listener, which must return at once, and is called from any thread.
   *
   * @param news when there may be something new
   * @param somethingElse when another process wrote something other than events
   * @throws ClosedException after the close
   */
  public Listening listen(Runnable news, Runnable somethingElse) {
    Listening listening = new Listening(watch(), news, somethingElse);
    listeners.add(listening);
    return listening;
  }

  /** A registered listener. */
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
   * Begins to watch: the next {@link Watch#await} notices commits from now on.
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

  /** A watcher. One thread waits; the other methods may be called from any. */
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
