package dev.daybook.subscription.internal.leases;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.error.DaybookException;
import dev.daybook.error.JournalRolledBackException;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.subscription.internal.store.Lease;
import dev.daybook.subscription.internal.store.LeaseHolder;
import dev.daybook.subscription.internal.store.SubscriptionStatements;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** One subscription's leases of a name, in the checkpoint's row. */
public final class Leases {

  private static final int OWNER_DIGITS = 8;

  private final SubscriptionStore store;
  private final String name;
  private final String owner;
  private final Duration length;

  public Leases(SubscriptionStore store, String name, Duration length) {
    this.store = store;
    this.name = name;
    this.owner = newOwner();
    this.length = length;
  }

  /** What a subscription needs to know while another one has the lease. */
  public Vigil vigil() {
    return new Vigil(owner, length);
  }

  /**
   * Takes the lease if it is free, or its holder has ended, and makes a missing checkpoint;
   * otherwise asks the holder for a sign of life, if that is due.
   *
   * @param start where the checkpoint is then
   */
  public Optional<Lease> tryToTake(long start, Vigil vigil) {
    Optional<LeaseHolder> holder = store.database().read(this::holder);
    if (holder.isEmpty()) {
      return store
          .database()
          .write(
              session -> {
                create(session, start);
                return acquire(session, -1, -1);
              });
    }
    LeaseHolder seen = holder.get();
    return switch (vigil.look(seen, System.nanoTime())) {
      case TAKE -> store.database().write(session -> acquire(session, seen.fence(), seen.asked()));
      case ASK -> {
        ask(seen, vigil);
        yield Optional.empty();
      }
      case WAIT -> Optional.empty();
    };
  }

  private Optional<Lease> acquire(Session session, long fence, long asked) {
    try (Execution prepared = session.prepare(store.sql().acquire)) {
      return prepared
          .set(SubscriptionStatements.NAME, name)
          .set(SubscriptionStatements.FENCE, fence)
          .set(SubscriptionStatements.ASKED, asked)
          .set(SubscriptionStatements.OWNER, owner)
          .set(
              SubscriptionStatements.PLACE,
              ProcessLocation.here().map(ProcessLocation::text).orElse(null))
          .set(SubscriptionStatements.LEASE, length.toMillis())
          .first(
              row -> new Lease(name, row.number(1), row.number(2), row.optionalNumber(3) != null));
    }
  }

  private void ask(LeaseHolder holder, Vigil vigil) {
    long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    int asked =
        store
            .database()
            .write(
                session -> {
                  try (Execution prepared = session.prepare(store.sql().ask)) {
                    return prepared
                        .set(SubscriptionStatements.NAME, name)
                        .set(SubscriptionStatements.FENCE, holder.fence())
                        .set(SubscriptionStatements.ASKED, number)
                        .update();
                  }
                });
    if (asked > 0) {
      vigil.asked(number);
    }
  }

  /**
   * Saves the position of the holder, which is a sign of life as well.
   *
   * @param from its position before
   * @throws LeaseLostException if it is no longer the holder, or the checkpoint is not where it was
   * @throws JournalRolledBackException if the checkpoint was rolled back with the database
   */
  public void save(Session session, Lease lease, long from, long position) {
    try (Execution prepared = session.prepare(store.sql().save)) {
      prepared
          .set(SubscriptionStatements.FROM, from)
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, store.clock().millis());
      if (named(prepared, lease).update() > 0) {
        return;
      }
    }
    requireNotRolledBack(session, lease, from);
    throw new LeaseLostException(lease);
  }

  /** Gives a sign of life, if the lease is still had. */
  public void answer(Session session, Lease lease) {
    answered(session, lease);
  }

  /**
   * Makes sure that the holder is the holder, until the transaction ends.
   *
   * @throws LeaseLostException if it is not
   */
  public void confirm(Session session, Lease lease) {
    if (answered(session, lease) == 0) {
      throw new LeaseLostException(lease);
    }
  }

  /**
   * Makes transactions that reset or delete the checkpoint wait until this one ends. So both lock
   * the checkpoint first, and then what the handler has written.
   *
   * @param saved the saved position of the holder
   * @return the position of the checkpoint, which appends to inline journals may have moved on
   * @throws LeaseLostException if it is not the holder
   * @throws JournalRolledBackException if the checkpoint was rolled back with the database
   */
  public long hold(Session session, Lease lease, long saved) {
    try (Execution prepared = session.prepare(store.sql().hold)) {
      Optional<Long> position = named(prepared, lease).first(row -> row.number(1));
      if (position.isPresent() && position.get() >= saved) {
        return position.get();
      }
    }
    requireNotRolledBack(session, lease, saved);
    throw new LeaseLostException(lease);
  }

  private int answered(Session session, Lease lease) {
    try (Execution prepared = session.prepare(store.sql().answer)) {
      return named(prepared, lease).update();
    }
  }

  /** Gives the lease up, if it is still had. */
  public void release(Lease lease) {
    store
        .database()
        .write(
            session -> {
              try (Execution prepared = session.prepare(store.sql().release)) {
                return named(prepared, lease).update();
              }
            });
    store.database().signal();
  }

  /**
   * Checks whether it still has the lease, without a write.
   *
   * @param saved the saved position of the holder
   * @return the position of the checkpoint
   * @throws LeaseLostException if it is not
   * @throws JournalRolledBackException if the checkpoint was rolled back with the database
   */
  @CanIgnoreReturnValue
  public long check(Lease lease, long saved) {
    return store
        .database()
        .read(session -> requireNotRolledBack(session, lease, saved))
        .orElseThrow(() -> new LeaseLostException(lease))
        .position();
  }

  /** Whether nothing has happened to a lease. */
  public boolean isUndisturbed(LeaseHolder holder, Lease lease, long saved) {
    return holder.isHeldBy(owner, lease) && holder.position() >= saved;
  }

  /**
   * The lease's row, if it is still had. A lower fence, or the same one with a lower checkpoint, is
   * an earlier state: only a rolled back database can have that.
   */
  private Optional<LeaseHolder> requireNotRolledBack(Session session, Lease lease, long saved) {
    Optional<LeaseHolder> found = holder(session);
    Optional<LeaseHolder> held = found.filter(holder -> holder.isHeldBy(owner, lease));
    found
        .filter(holder -> held.isPresent() || holder.fence() < lease.fence())
        .filter(holder -> holder.position() < saved)
        .ifPresent(
            holder -> {
              throw new JournalRolledBackException(saved, holder.position());
            });
    return held;
  }

  /** The same with where the checkpoint is: the journal's end may say less of what is lost. */
  public JournalRolledBackException atCheckpoint(JournalRolledBackException e) {
    try {
      return store
          .database()
          .read(this::holder)
          .filter(holder -> holder.position() < e.to())
          .map(holder -> new JournalRolledBackException(e.from(), holder.position()))
          .orElse(e);
    } catch (DaybookException unknown) {
      return e;
    }
  }

  /**
   * Gives the lease up, if it is still had, and says why its holder has stopped.
   *
   * @param position where it has stopped
   */
  public void stop(Lease lease, long position, String reason) {
    store
        .database()
        .write(
            session -> {
              try (Execution prepared = session.prepare(store.sql().stop)) {
                prepared
                    .set(SubscriptionStatements.STOPPED_AT, store.clock().millis())
                    .set(SubscriptionStatements.STOP_POSITION, position)
                    .set(SubscriptionStatements.STOP_REASON, reason);
                return named(prepared, lease).update();
              }
            });
  }

  private Optional<LeaseHolder> holder(Session session) {
    try (Execution prepared = session.prepare(store.sql().holder)) {
      return prepared.set(SubscriptionStatements.NAME, name).first(LeaseHolder::read);
    }
  }

  private void create(Session session, long position) {
    // Its fences are higher than those of one of this name that was deleted.
    long now = store.clock().millis();
    try (Execution prepared = session.prepare(store.sql().create)) {
      prepared
          .set(SubscriptionStatements.NAME, name)
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, now)
          .set(SubscriptionStatements.FENCE, now)
          .update();
    }
  }

  private Execution named(Execution prepared, Lease lease) {
    return prepared
        .set(SubscriptionStatements.NAME, lease.name())
        .set(SubscriptionStatements.OWNER, owner)
        .set(SubscriptionStatements.FENCE, lease.fence());
  }

  private static String newOwner() {
    return ProcessHandle.current().pid()
        + "-"
        + UUID.randomUUID().toString().substring(0, OWNER_DIGITS);
  }
}
