package dev.daybook.internal.database;

import dev.daybook.DaybookException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again whether somebody else has committed, on one reading connection and one
 * thread. A look that fails is as good as a change: whoever watches then finds out by itself.
 */
final class ChangePoller {

  /** Starts pollers. */
  @FunctionalInterface
  interface Factory {

    /** There is nobody else to commit. */
    Factory NONE = changed -> () -> {};

    /**
     * Starts one.
     *
     * @param changed called for each change
     * @return stops it, and waits until its thread is done
     */
    Runnable start(Runnable changed);
  }

  private static final System.Logger LOG = System.getLogger(ChangePoller.class.getName());

  private final StoreSessions sessions;
  private final Dialect dialect;
  private final Duration interval;
  private final Runnable changed;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private ChangePoller(
      StoreSessions sessions, Dialect dialect, Duration interval, Runnable changed) {
    this.sessions = sessions;
    this.dialect = dialect;
    this.interval = interval;
    this.changed = changed;
  }

  static Factory every(Duration interval, StoreSessions sessions, Dialect dialect) {
    return changed -> {
      ChangePoller poller = new ChangePoller(sessions, dialect, interval, changed);
      Thread thread = new Thread(poller::run, "daybook-poller");
      thread.setDaemon(true);
      thread.start();
      return () -> poller.stop(thread);
    };
  }

  private void run() {
    boolean stop = false;
    while (!stop) {
      try {
        stop = sessions.read(this::poll);
      } catch (DaybookException e) {
        stop = failed(e);
      }
    }
  }

  /** Returns once it is to stop. */
  private boolean poll(Session session) {
    // What was committed before this connection's first look was perhaps heard of by nobody.
    long last = Long.MIN_VALUE;
    do {
      long now = look(session);
      if (now != last) {
        last = now;
        changed.run();
      }
    } while (!waitToStop());
    return true;
  }

  private boolean failed(DaybookException failure) {
    if (stopped.getCount() > 0) {
      LOG.log(System.Logger.Level.WARNING, "looking for other processes' writes failed", failure);
      changed.run();
    }
    return waitToStop();
  }

  private long look(Session session) {
    try {
      return dialect.changeCounter(session.connection());
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private boolean waitToStop() {
    try {
      return stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void stop(Thread thread) {
    stopped.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
