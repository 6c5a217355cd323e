package dev.daybook.internal.signals;

import dev.daybook.internal.access.StoreAccess;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.statements.Session;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Notifies other processes of commits, on a thread that is started by the first. No caller waits
 * for it: one notification covers all commits since the last one began.
 */
public final class CommitPusher implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.daybook.notification");
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final StoreAccess access;
  private final Push push;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private final Joining joining = new Joining();
  private volatile boolean untold;
  private boolean closed;
  private @Nullable Thread thread;

  public CommitPusher(StoreAccess access, Push push) {
    this.access = access;
    this.push = push;
  }

  /** Asks for a notification. */
  public void tell() {
    if (untold) {
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      untold = true;
      if (thread == null) {
        thread = new Thread(this::run, "daybook-push");
        thread.setDaemon(true);
        thread.start();
      }
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends a notification that is due, and ends. */
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      asked.signalAll();
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      joining.join(running);
    }
  }

  private void run() {
    while (awaitAsked()) {
      untold = false;
      try {
        access.read(session -> joining.using(session, () -> tell(session)));
      } catch (Throwable e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "other processes were not notified of a commit, and will notice it at their next check",
            e);
      }
      LockSupport.parkNanos(SHORTEST_PAUSE_NANOS);
    }
  }

  private boolean tell(Session session) {
    session.act(push::tell);
    return true;
  }

  /** Whether there is something to notify of; {@code false} at the end. */
  private boolean awaitAsked() {
    lock.lock();
    try {
      while (!untold && !closed) {
        asked.await();
      }
      return untold;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }
}
