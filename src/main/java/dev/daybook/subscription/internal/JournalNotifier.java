package dev.daybook.subscription.internal;

import dev.daybook.error.ClosedException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.journal.Registration;
import dev.daybook.subscription.Notifier;
import dev.daybook.subscription.internal.threads.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Notifies of new events, after the database's commit signals. */
public final class JournalNotifier implements Notifier, AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final long AFTER_FAILURE_MILLIS = 100;

  private final Database database;
  private final LongSupplier latestPosition;
  private final LongSupplier highestPosition;
  private final Set<NewsTeller> tellers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Long stoppedAt;

  /**
   * @param latestPosition the position of the journal's last event
   * @param highestPosition the highest that was ever given to one
   */
  public JournalNotifier(
      Database database, LongSupplier latestPosition, LongSupplier highestPosition) {
    this.database = database;
    this.highestPosition = highestPosition;
    this.latestPosition = latestPosition;
  }

  @Override
  public boolean awaitPosition(long position, Duration timeout) throws InterruptedException {
    long begin = System.nanoTime();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    try (CommitSignal.Watch watch = database.watch()) {
      while (latestPosition.getAsLong() < position) {
        long left = nanos - (System.nanoTime() - begin);
        if (!watch.await(left, TimeUnit.NANOSECONDS)) {
          return latestPosition.getAsLong() >= position;
        }
      }
      return true;
    }
  }

  @Override
  public Registration onNews(LongConsumer listener) {
    Objects.requireNonNull(listener, "listener");
    // Read first: if that fails, there is nothing to unregister.
    long latest = latestPosition.getAsLong();
    NewsTeller teller = new NewsTeller(latest, database.watch(), listener);
    tellers.add(teller);
    teller.start();
    return teller;
  }

  @Override
  public void signal() {
    database.requireNotClosed();
    database.deletions().happened();
    database.signal();
  }

  /** Begins no more notifications, and does not wait. */
  public void stop() {
    tellers.forEach(NewsTeller::askToEnd);
    if (stoppedAt == null) {
      stoppedAt = System.nanoTime();
    }
  }

  /** Waits until no listener is being called any more, for all of them at the same time. */
  @Override
  public void close() {
    stop();
    Long since = stoppedAt;
    Threads.endAll(
        tellers.stream().map(teller -> teller.thread).toList(),
        since == null ? System.nanoTime() : since);
  }

  /** Notifies one listener, on its own thread. */
  private final class NewsTeller implements Registration {

    private final CommitSignal.Watch watch;
    private final LongConsumer listener;
    private final Thread thread;
    private volatile boolean closed;
    private long told;

    NewsTeller(long told, CommitSignal.Watch watch, LongConsumer listener) {
      this.told = told;
      this.watch = watch;
      this.listener = listener;
      this.thread = Threads.unstarted("daybook-news", this::run);
    }

    void start() {
      thread.start();
    }

    private void run() {
      try (watch) {
        while (!closed) {
          OptionalLong latest = latest();
          if (latest.isEmpty()) {
            watch.await(AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
          } else if (latest.getAsLong() > told) {
            tell(latest.getAsLong());
          } else {
            watch.await(1, TimeUnit.HOURS);
          }
        }
      } catch (ClosedException | InterruptedException e) {
        closed = true;
      } catch (Throwable e) {
        closed = true;
        Callbacks.log(
            LOG, System.Logger.Level.ERROR, "a listener is notified of no more new events", e);
      } finally {
        tellers.remove(this);
      }
    }

    /** The last event's position; empty if that could not be found out. */
    private OptionalLong latest() {
      try {
        long latest = latestPosition.getAsLong();
        if (latest < told && highestPosition.getAsLong() < told) {
          // The database was rolled back: its last event is news.
          told = 0;
        }
        return OptionalLong.of(latest);
      } catch (ClosedException e) {
        throw e;
      } catch (Throwable e) {
        Callbacks.log(
            LOG,
            System.Logger.Level.WARNING,
            "checking for new events failed, and is tried again",
            e);
        return OptionalLong.empty();
      }
    }

    private void tell(long latest) {
      told = latest;
      Callbacks.tell(LOG, "a listener of new events", () -> listener.accept(latest));
      Callbacks.forgetInterrupt();
    }

    @Override
    public void close() {
      if (Thread.currentThread() == thread) {
        closed = true;
      } else {
        database.requireOutsideTransaction();
        end();
      }
    }

    private void end() {
      askToEnd();
      Threads.endAll(List.of(thread), System.nanoTime());
    }

    private void askToEnd() {
      closed = true;
      watch.wake();
    }
  }
}
