package dev.daybook.subscription.internal;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.Lazy;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Session;
import java.time.Clock;
import java.util.Optional;

/** What all subscriptions of one Daybook share. */
record SubscriptionEnvironment(
    Database database, Clock clock, Lazy<SubscriptionStatements> statements) {

  SubscriptionStatements sql() {
    return statements.get();
  }

  /**
   * What leases are measured by, in epoch milliseconds: the database's own clock if others may
   * write on other machines, and this machine's otherwise.
   */
  long leaseTime(Session session) {
    Optional<Rendered> databaseClock = sql().clock;
    if (databaseClock.isEmpty()) {
      return clock.millis();
    }
    try (Prepared prepared = session.prepare(databaseClock.get())) {
      return prepared.first(row -> row.number(1)).orElseThrow();
    }
  }
}
