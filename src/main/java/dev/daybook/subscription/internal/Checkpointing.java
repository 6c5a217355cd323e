package dev.daybook.subscription.internal;

import dev.daybook.internal.database.Database;
import java.util.concurrent.TimeUnit;

/** When to save how far a lease's holder is. Used by one thread. */
final class Checkpointing {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Leases leases;
  private final Lease lease;
  private final Database database;
  private final Patience patience;
  private long saved;
  private long lastSave = System.nanoTime() - INTERVAL_NANOS;

  Checkpointing(Leases leases, Lease lease, Database database, Patience patience) {
    this.leases = leases;
    this.lease = lease;
    this.database = database;
    this.patience = patience;
    this.saved = lease.position();
  }

  /** It was saved elsewhere, with the work itself. */
  void savedWith(long position) {
    saved = Math.max(saved, position);
  }

  /** Saves a position, if there is a new one and the last save was some time ago. */
  void saveIfDue(long position) {
    if (nanosUntilDue(position) == 0) {
      save(position);
    }
  }

  void save(long position) {
    if (position > saved) {
      boolean done =
          patience
              .untilDone(
                  "saving the checkpoint",
                  () -> {
                    leases.save(database, lease, position);
                    return true;
                  })
              .isPresent();
      if (done) {
        saved = position;
        lastSave = System.nanoTime();
      }
    }
  }

  /** How long a save can wait; {@link Long#MAX_VALUE} if there is nothing to save. */
  long nanosUntilDue(long position) {
    if (position <= saved) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, lastSave + INTERVAL_NANOS - System.nanoTime());
  }
}
