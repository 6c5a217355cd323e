package dev.daybook.subscription.internal;

import dev.daybook.ClosedException;
import dev.daybook.internal.database.Changes;
import dev.daybook.internal.database.Database;
import dev.daybook.journal.Registration;
import dev.daybook.subscription.Notifier;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Word of new events, from the database's word of changes. */
public final class JournalNotifier implements Notifier {

  private final Database database;
  private final LongSupplier latestPosition;

  /**
   * @param latestPosition the position of the journal's last event
   */
  public JournalNotifier(Database database, LongSupplier latestPosition) {
    this.database = database;
    this.latestPosition = latestPosition;
  }

  @Override
  public boolean awaitPosition(long position, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Changes.Watch watch = database.watch()) {
      while (latestPosition.getAsLong() < position) {
        if (!watch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return latestPosition.getAsLong() >= position;
        }
      }
      return true;
    }
  }

  @Override
  public Registration onNews(LongConsumer listener) {
    Objects.requireNonNull(listener, "listener");
    Changes.Watch watch = database.watch();
    NewsTeller teller = new NewsTeller(watch, latestPosition, listener);
    teller.start();
    return teller;
  }

  @Override
  public void signal() {
    database.requireNotClosed();
    database.signal();
  }

  /** Tells one listener, on a thread of its own. */
  private static final class NewsTeller implements Registration {

    private static final System.Logger LOG = System.getLogger(JournalNotifier.class.getName());

    private final Changes.Watch watch;
    private final LongSupplier latestPosition;
    private final LongConsumer listener;
    private final Thread thread;
    private volatile boolean closed;
    private long told;

    NewsTeller(Changes.Watch watch, LongSupplier latestPosition, LongConsumer listener) {
      this.watch = watch;
      this.latestPosition = latestPosition;
      this.listener = listener;
      this.told = latestPosition.getAsLong();
      this.thread = Threads.unstarted("daybook-news", this::run);
    }

    void start() {
      thread.start();
    }

    private void run() {
      try (watch) {
        while (!closed) {
          if (watch.await(1, TimeUnit.HOURS)) {
            tell();
          }
        }
      } catch (ClosedException | InterruptedException e) {
        closed = true;
      }
    }

    private void tell() {
      try {
        long latest = latestPosition.getAsLong();
        if (latest > told && !closed) {
          told = latest;
          listener.accept(latest);
        }
      } catch (ClosedException e) {
        closed = true;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "telling of news behind " + told + " failed", e);
      }
    }

    @Override
    public void close() {
      closed = true;
      watch.wake();
      if (Thread.currentThread() != thread) {
        Threads.joinFully(thread);
      }
    }
  }
}
