package dev.daybook.journal.internal.append;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.deadlines.Uninterrupted;
import dev.daybook.journal.AppendListener;
import dev.daybook.journal.Appended;
import dev.daybook.journal.Registration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notifies one listener, on its own thread, so that neither an append nor another listener waits
 * for it. A bounded number of appends waits for it. Of further ones only the range of positions is
 * kept; once the others are delivered, the events in that range are read from the journal.
 */
final class AppendTeller implements Registration {

  /** From which appends can be read again. */
  interface Journal {

    /**
     * Some of the events after a position and up to another, in the order of their positions:
     * consecutive events of one stream as one append. Empty if there are none.
     */
    List<Appended> appended(long after, long to);
  }

  /** The positions of appends that found no room. */
  private record Missed(long first, long last) {

    Missed with(Appended appended) {
      return new Missed(
          Math.min(first, appended.firstPosition()), Math.max(last, appended.lastPosition()));
    }
  }

  /**
   * An append that the listener is to be notified of.
   *
   * @param isSure whether it is known to be stored
   */
  private record Waiting(Appended appended, boolean isSure) {}

  private static final System.Logger LOG = System.getLogger("dev.daybook.journal");
  private static final int MOST_WAITING = 10_000;
  private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final AppendListener listener;
  private final Journal journal;
  private final Consumer<AppendTeller> ended;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Missed missed;
  private boolean finishing;
  private boolean closed;

  /**
   * @param ended called after the last notification
   */
  AppendTeller(AppendListener listener, Journal journal, Consumer<AppendTeller> ended) {
    this.listener = listener;
    this.journal = journal;
    this.ended = ended;
    this.thread = new Thread(this::run, "daybook-listener");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Queues what was committed, in the order of the calls; {@link #wake} comes after it. */
  void committed(List<Appended> appended) {
    add(appended, true);
  }

  /** The same for what may have been rolled back: the listener receives what is in the journal. */
  void perhapsCommitted(List<Appended> appended) {
    add(appended, false);
  }

  private void add(List<Appended> appended, boolean sure) {
    lock.lock();
    try {
      for (Appended next : appended) {
        if (missed == null && waiting.size() < MOST_WAITING) {
          waiting.add(new Waiting(next, sure));
        } else {
          missed =
              missed == null
                  ? new Missed(next.firstPosition(), next.lastPosition())
                  : missed.with(next);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets it end once the listener has received what was committed by now. */
  void finish() {
    lock.lock();
    try {
      finishing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No call begins from now on; one that has begun continues. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    ended.accept(this);
  }

  /** The same, and interrupts a call in progress. */
  void breakOff() {
    close();
    thread.interrupt();
  }

  /**
   * Waits for their threads, for all together no longer than this; for the calling one not at all.
   *
   * @return those that have not ended
   */
  static List<AppendTeller> join(List<AppendTeller> tellers, long nanos) {
    long begin = System.nanoTime();
    tellers.stream()
        .filter(AppendTeller::runsElsewhere)
        .forEach(teller -> Uninterrupted.join(teller.thread, nanos - (System.nanoTime() - begin)));
    return tellers.stream().filter(AppendTeller::runsElsewhere).toList();
  }

  private boolean runsElsewhere() {
    return thread.isAlive() && thread != Thread.currentThread();
  }

  private void run() {
    try {
      while (awaitWork()) {
        tellWaiting();
        tellMissed();
      }
    } catch (ClosedException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "the Daybook was closed before the listener was notified of everything",
          e);
    } catch (Throwable e) {
      Callbacks.log(LOG, System.Logger.Level.ERROR, "a listener is notified of no more appends", e);
    } finally {
      ended.accept(this);
    }
  }

  /** Whether there is something to notify of; {@code false} at the end. */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closed && waiting.isEmpty() && missed == null) {
        if (finishing) {
          return false;
        }
        changed.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void tellWaiting() {
    for (Waiting next = next(); next != null; next = next()) {
      if (next.isSure() || isStored(next.appended())) {
        tell(next.appended());
      }
    }
  }

  /** The events of an append are stored together. */
  private boolean isStored(Appended appended) {
    return lookUp(appended.firstPosition() - 1, appended.firstPosition()).stream()
        .anyMatch(
            found ->
                found.streamId().equals(appended.streamId())
                    && found.firstSeq() == appended.firstSeq());
  }

  private @Nullable Waiting next() {
    lock.lock();
    try {
      return closed ? null : waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** From here on there is room again for what is committed meanwhile. */
  private void tellMissed() {
    Missed span;
    lock.lock();
    try {
      span = missed;
      missed = null;
    } finally {
      lock.unlock();
    }
    if (span != null) {
      long told = span.first() - 1;
      for (List<Appended> page = lookUp(told, span.last());
          !page.isEmpty();
          page = lookUp(told, span.last())) {
        for (Appended next : page) {
          if (isClosed()) {
            return;
          }
          tell(next);
          told = next.lastPosition();
        }
      }
    }
  }

  /** Nothing is left out for a database that fails for a while. */
  private List<Appended> lookUp(long after, long to) {
    while (!isClosed()) {
      try {
        return journal.appended(after, to);
      } catch (ClosedException e) {
        throw e;
      } catch (DaybookException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "reading the events for a listener failed, and is tried again",
            e);
      }
      pause();
    }
    return List.of();
  }

  private void pause() {
    long nanos = AFTER_FAILURE_NANOS;
    lock.lock();
    try {
      while (nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // Only the end interrupts this thread, and then it is closed.
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Appended appended) {
    Callbacks.tell(LOG, "a listener of appends", () -> listener.appended(appended));
    Callbacks.forgetInterrupt();
  }

  /** The listener's text, whose {@code toString} may fail. */
  @Override
  public String toString() {
    return listener.getClass().getName();
  }
}
