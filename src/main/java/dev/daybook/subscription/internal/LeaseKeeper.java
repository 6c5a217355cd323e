package dev.daybook.subscription.internal;

import dev.daybook.ClosedException;
import dev.daybook.internal.database.Database;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a lease up while its holder works, however long the handler takes. */
final class LeaseKeeper {

  private static final System.Logger LOG = System.getLogger(LeaseKeeper.class.getName());
  private static final int SIGNS_OF_LIFE = 3;

  private final Leases leases;
  private final Database database;
  private final Lease lease;
  private final Runnable lost;
  private final long interval;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  LeaseKeeper(Leases leases, Database database, Lease lease, Duration length, Runnable lost) {
    this.leases = leases;
    this.database = database;
    this.lease = lease;
    this.lost = lost;
    this.interval = length.toNanos() / SIGNS_OF_LIFE;
    this.thread = Threads.start("daybook-lease-" + lease.name(), this::run);
  }

  private void run() {
    try {
      while (!stopped.await(interval, TimeUnit.NANOSECONDS)) {
        renew();
      }
    } catch (LeaseLostException e) {
      lost.run();
    } catch (ClosedException e) {
      // There is nothing left to keep up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      leases.renew(database, lease);
    } catch (LeaseLostException | ClosedException e) {
      throw e;
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "the lease on " + lease + " could not be renewed", e);
    }
  }

  /** Stops, and waits until its thread is done. */
  void close() {
    stopped.countDown();
    Threads.joinFully(thread);
  }
}
