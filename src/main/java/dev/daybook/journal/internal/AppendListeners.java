package dev.daybook.journal.internal;

import dev.daybook.internal.sql.CommitAction;
import dev.daybook.journal.AppendListener;
import dev.daybook.journal.Appended;
import dev.daybook.journal.Registration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells listeners what was committed: one telling at a time, in the order in which it came in,
 * without a thread of its own. Whoever comes while somebody is telling leaves it to them.
 */
final class AppendListeners {

  private static final System.Logger LOG = System.getLogger(AppendListeners.class.getName());

  /**
   * Has an identity: a listener registered twice is told twice, and each registration ends alone.
   */
  private static final class Registered {
    final AppendListener listener;

    Registered(AppendListener listener) {
      this.listener = listener;
    }
  }

  private final List<Registered> listeners = new CopyOnWriteArrayList<>();
  private final Queue<Appended> untold = new ConcurrentLinkedQueue<>();
  private final ReentrantLock telling = new ReentrantLock();

  Registration add(AppendListener listener) {
    Registered registered = new Registered(listener);
    listeners.add(registered);
    return () -> listeners.remove(registered);
  }

  /** What to do about appends once they are committed: queue them in order, then tell. */
  CommitAction telling(List<Appended> appended) {
    return new CommitAction() {
      @Override
      public void committed() {
        if (!listeners.isEmpty()) {
          untold.addAll(appended);
        }
      }

      @Override
      public void released() {
        tell();
      }
    };
  }

  private void tell() {
    // A listener that appends is in here already; its append is told when it has returned.
    while (!untold.isEmpty() && !telling.isHeldByCurrentThread() && telling.tryLock()) {
      try {
        for (Appended next = untold.poll(); next != null; next = untold.poll()) {
          tellAll(next);
        }
      } finally {
        telling.unlock();
      }
    }
  }

  private void tellAll(Appended appended) {
    for (Registered registered : listeners) {
      try {
        registered.listener.appended(appended);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "a listener failed on " + appended, e);
      }
    }
  }
}
