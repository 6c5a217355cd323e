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
  private final boolean exactly;
  private volatile long saved;
  private boolean shared;
  private long lastSave = System.nanoTime() - INTERVAL_NANOS;

  /**
   * @param exactly whether each event's effects are saved with the position, so that a later one
   *     that others have saved says that they have handled what is before it
   */
  public Checkpointing(
      Leases leases,
      Lease lease,
      Database database,
      JournalFeed feed,
      RetryUntilStopped retrying,
      boolean exactly) {
    this.exactly = exactly;
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
        savedWith(position);
        lastSave = System.nanoTime();
      }
    }
  }

  /**
   * In one transaction: the handled events must be in the same state of the database as the save.
   */
  private boolean save(Session session, long position) {
    feed.requireNotRolledBack(session);
    if (exactly) {
      hold(session);
    }
    saveWith(session, position);
    return true;
  }

  /**
   * Keeps the checkpoint where it is until the transaction ends: see {@link Leases#hold}.
   *
   * @return its position, up to which all events are handled
   */
  long hold(Session session) {
    long position = leases.hold(session, lease, saved);
    shared |= position > saved;
    savedWith(position);
    return position;
  }

  /** Whether others were found to move the checkpoint on, too: appends to inline journals. */
  boolean isShared() {
    return shared;
  }

  /** Reads whether others have moved the checkpoint to a position or beyond. */
  boolean isSaved(long position) {
    savedWith(leases.check(lease, saved));
    return position <= saved;
  }

  /**
   * Saves a position in the transaction of the work itself, unless it is saved; after its commit
   * call {@link #savedWith}.
   */
  void saveWith(Session session, long position) {
    if (position > saved) {
      leases.save(session, lease, saved, position);
    }
  }

  /** How long a save can wait; {@link Long#MAX_VALUE} if there is nothing to save. */
  public long nanosUntilDue(long position) {
    if (position <= saved) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, lastSave + INTERVAL_NANOS - System.nanoTime());
  }
}
