package dev.daybook.subscription.internal;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Row;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.JournalRolledBackException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The leases of one who wants to work under a name, on the checkpoint's row. */
final class Leases {

  private static final int OWNER_DIGITS = 8;

  private final SubscriptionEnvironment environment;
  private final String name;
  private final String owner;
  private final Duration length;

  Leases(SubscriptionEnvironment environment, String name, Duration length) {
    this.environment = environment;
    this.name = name;
    this.owner = newOwner();
    this.length = length;
  }

  /** Whether nobody has the lease; a look that makes no writer wait. */
  boolean isFree() {
    return environment.database().read(this::isFree);
  }

  private boolean isFree(Session session) {
    long now = environment.leaseTime(session);
    try (Prepared prepared = session.prepare(environment.sql().holder)) {
      return prepared
          .set(SubscriptionStatements.NAME, name)
          .first(row -> row.optionalText(2) == null || isOwner(row) || row.numberOrZero(3) <= now)
          .orElse(true);
    }
  }

  /**
   * Takes the lease if nobody has it, and makes the checkpoint if there is none.
   *
   * @param start where the checkpoint is then
   */
  Optional<Lease> acquire(long start) {
    SubscriptionStatements sql = environment.sql();
    return environment
        .database()
        .write(
            session -> {
              create(session, sql, start);
              long now = environment.leaseTime(session);
              try (Prepared prepared = session.prepare(sql.acquire)) {
                return lease(prepared.set(SubscriptionStatements.NOW, now), now);
              }
            });
  }

  /** Takes the lease from whoever has it; empty if there is no checkpoint. */
  Optional<Lease> seize() {
    Rendered seize = environment.sql().seize;
    return environment
        .database()
        .write(
            session -> {
              long now = environment.leaseTime(session);
              try (Prepared prepared = session.prepare(seize)) {
                return lease(prepared, now);
              }
            });
  }

  /**
   * Saves how far the holder is.
   *
   * @param from how far it was
   * @throws LeaseLostException if it is no longer the holder, or the checkpoint is not where it was
   * @throws JournalRolledBackException if the checkpoint was taken back with the database
   */
  void save(Session session, Lease lease, long from, long position) {
    long until = environment.leaseTime(session) + length.toMillis();
    try (Prepared prepared = session.prepare(environment.sql().save)) {
      prepared
          .set(SubscriptionStatements.FROM, from)
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, environment.clock().millis())
          .set(SubscriptionStatements.UNTIL, until);
      if (named(prepared, lease).update() > 0) {
        return;
      }
    }
    requireNotRolledBack(session, lease, from);
    throw new LeaseLostException(lease);
  }

  /**
   * Says that the holder is alive, and makes sure that it is the holder.
   *
   * @throws LeaseLostException if it is not
   */
  void renew(Sessions sessions, Lease lease) {
    sessions.write(
        session -> {
          long until = environment.leaseTime(session) + length.toMillis();
          try (Prepared prepared = session.prepare(environment.sql().renew)) {
            prepared.set(SubscriptionStatements.UNTIL, until);
            return update(prepared, lease);
          }
        });
  }

  /** Gives the lease up, if it is still had. */
  void release(Lease lease) {
    environment
        .database()
        .write(
            session -> {
              try (Prepared prepared = session.prepare(environment.sql().release)) {
                return named(prepared, lease).update();
              }
            });
    environment.database().signal();
  }

  /**
   * Looks whether the lease is still had, without a write.
   *
   * @param saved how far the holder is
   * @throws LeaseLostException if it is not
   * @throws JournalRolledBackException if the checkpoint was taken back with the database
   */
  void check(Lease lease, long saved) {
    boolean held =
        environment.database().read(session -> requireNotRolledBack(session, lease, saved));
    if (!held) {
      throw new LeaseLostException(lease);
    }
  }

  /**
   * Tells whether the lease is still had. A fence that is lower, or the same one with a checkpoint
   * that has moved back, was had before: nobody but the database itself can do that.
   */
  private boolean requireNotRolledBack(Session session, Lease lease, long saved) {
    try (Prepared prepared = session.prepare(environment.sql().holder)) {
      return prepared
          .set(SubscriptionStatements.NAME, name)
          .first(
              row -> {
                boolean held = row.number(1) == lease.fence() && isOwner(row);
                if ((held || row.number(1) < lease.fence()) && row.number(4) < saved) {
                  throw new JournalRolledBackException(saved, row.number(4));
                }
                return held;
              })
          .orElse(false);
    }
  }

  private void create(Session session, SubscriptionStatements sql, long position) {
    // Its fences are higher than those of one of this name that was deleted.
    long now = environment.clock().millis();
    try (Prepared prepared = session.prepare(sql.create)) {
      prepared
          .set(SubscriptionStatements.NAME, name)
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, now)
          .set(SubscriptionStatements.FENCE, now)
          .update();
    }
  }

  private Optional<Lease> lease(Prepared prepared, long now) {
    return prepared
        .set(SubscriptionStatements.NAME, name)
        .set(SubscriptionStatements.OWNER, owner)
        .set(SubscriptionStatements.UNTIL, now + length.toMillis())
        .first(row -> new Lease(name, row.number(1), row.number(2)));
  }

  private boolean isOwner(Row row) {
    return owner.equals(row.optionalText(2));
  }

  private int update(Prepared prepared, Lease lease) {
    int updated = named(prepared, lease).update();
    if (updated == 0) {
      throw new LeaseLostException(lease);
    }
    return updated;
  }

  private Prepared named(Prepared prepared, Lease lease) {
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
