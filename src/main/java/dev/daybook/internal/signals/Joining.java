package dev.daybook.internal.signals;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.access.ClosingTime;
import dev.daybook.internal.deadlines.Uninterrupted;
import dev.daybook.internal.statements.Session;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for one of Daybook's threads to end. If it hangs on a session because the database does
 * not answer, the session is cancelled.
 */
final class Joining {

  private static final System.Logger LOG = System.getLogger("dev.daybook.notification");
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private @Nullable Session used;

  /** The thread's work with a session. */
  <T> T using(Session session, Supplier<T> work) {
    use(session);
    try {
      return work.get();
    } finally {
      use(null);
    }
  }

  /** Waits until the thread has ended, up to a limit, and keeps an interrupt for later. */
  void join(Thread thread) {
    long begin = System.nanoTime();
    while (!Uninterrupted.join(thread, SOON_NANOS)) {
      breakOff();
      if (System.nanoTime() - begin >= ClosingTime.LIMIT.toNanos()) {
        LOG.log(System.Logger.Level.WARNING, "{0} was asked to end and does not", thread.getName());
        return;
      }
    }
  }

  private synchronized void use(@Nullable Session session) {
    used = session;
  }

  /** As long as it is in use: afterwards another caller may have it. */
  private synchronized void breakOff() {
    Session session = used;
    used = null;
    if (session != null) {
      try {
        session.breakOff();
      } catch (DaybookException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not cancelled in good order", e);
      }
    }
  }
}
