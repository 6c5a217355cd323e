package dev.daybook.subscription.internal.handling;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.subscription.internal.leases.Leases;
import dev.daybook.subscription.internal.store.Lease;
import java.util.concurrent.TimeUnit;

/**
 * When to save the position of a lease's holder. Used by one thread; others may ask for the
 * position.
 */
public final class Checkpointing {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Leases leases;
  private final Lease lease;
  private final Database database;
  private final RetryUntilStopped retrying;
  private final JournalFeed feed;
  private volatile long saved;
  private long lastSave = System.nanoTime() - INTERVAL_NANOS;

  public Checkpointing(
      Leases leases, Lease lease, Database database, JournalFeed feed, RetryUntilStopped retrying) {
    this.feed = feed;
    this.leases = leases;
    this.lease = lease;
    this.database = database;
    this.retrying = retrying;
    this.saved = lease.position();
  }

  /** The saved position. */
  public long saved() {
    return saved;
  }

  /** It was saved elsewhere, with the work itself. */
  public void savedWith(long position) {
    saved = Math.max(saved, position);
  }

  /** Saves a position, if there is a new one and the last save was some time ago. */
  public void saveIfDue(long position) {
    if (nanosUntilDue(position) == 0) {
      save(position);
    }
  }

  public void save(long position) {
    if (position > saved) {
      boolean done =
          retrying
              .untilDone(
                  "saving the checkpoint", () -> database.write(session -> save(session, position)))
              .isPresent();
      if (done) {
        saved = position;
        lastSave = System.nanoTime();
      }
    }
  }

  /**
   * In one transaction: the handled events must be in the same state of the database as the save.
   */
  private boolean save(Session session, long position) {
    feed.requireNotRolledBack(session);
    leases.save(session, lease, saved, position);
    return true;
  }

  /**
   * Saves a position in the transaction of the work itself; after its commit call {@link
   * #savedWith}.
   */
  void saveWith(Session session, long position) {
    leases.save(session, lease, saved, position);
  }

  /** How long a save can wait; {@link Long#MAX_VALUE} if there is nothing to save. */
  public long nanosUntilDue(long position) {
    if (position <= saved) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, lastSave + INTERVAL_NANOS - System.nanoTime());
  }
}
