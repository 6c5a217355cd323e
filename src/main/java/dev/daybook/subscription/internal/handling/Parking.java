package dev.daybook.subscription.internal.handling;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.observation.GivenUp;
import dev.daybook.subscription.internal.deadletters.DeadLetters;
import dev.daybook.subscription.internal.leases.Leases;
import dev.daybook.subscription.internal.store.Lease;

/**
 * Parks events for a lease's holder, each in one transaction with what makes it count as done. That
 * transaction locks the checkpoint's row first, like those that reset a subscription or drop a dead
 * letter. So they never deadlock, and none sees half of another's work.
 *
 * @param saves whether the checkpoint is saved along with it
 */
record Parking(
    Lease lease,
    Leases leases,
    Checkpointing checkpointing,
    DeadLetters letters,
    Database database,
    boolean saves) {

  /** Counts an event as done that was given up. */
  boolean skip(RecordedEvent<EncodedEvent> event) {
    boolean skipped =
        !saves
            || database.write(
                session -> {
                  checkpointing.saveWith(session, event.position());
                  return true;
                });
    return observed(skipped, GivenUp.SKIPPED);
  }

  /** Parks an event that was given up. */
  boolean park(
      RecordedEvent<EncodedEvent> event, Throwable failure, int attempts, boolean holdsStream) {
    boolean parked =
        database.write(
            session -> {
              lock(session, event);
              letters.park(session, lease.name(), event, attempts, failure, holdsStream);
              return true;
            });
    return observed(parked, GivenUp.PARKED);
  }

  /**
   * Parks an event untried, because an earlier one holds up its stream.
   *
   * @return {@code false} if nothing holds it up any more; then nothing was written
   */
  boolean queue(RecordedEvent<EncodedEvent> event) {
    boolean isQueued =
        database.write(
            session -> {
              leases.confirm(session, lease);
              boolean queued = letters.queue(session, lease.name(), event);
              if (queued) {
                lock(session, event);
              }
              return queued;
            });
    return observed(isQueued, GivenUp.QUEUED);
  }

  private boolean observed(boolean done, GivenUp how) {
    if (done) {
      database.observers().givenUp(lease.name(), how);
    }
    return done;
  }

  boolean holdAny() {
    return database.read(session -> letters.holdAny(session, lease.name()));
  }

  boolean hold(RecordedEvent<EncodedEvent> event) {
    return database.read(session -> letters.hold(session, lease.name(), event));
  }

  private void lock(Session session, RecordedEvent<EncodedEvent> event) {
    if (saves) {
      checkpointing.saveWith(session, event.position());
    } else {
      leases.confirm(session, lease);
    }
  }
}
