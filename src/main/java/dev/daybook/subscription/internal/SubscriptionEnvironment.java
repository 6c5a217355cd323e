package dev.daybook.subscription.internal;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import java.time.Clock;

/** What all subscriptions of one Daybook share. */
record SubscriptionEnvironment(
    Database database,
    Clock clock,
    Lazy<SubscriptionStatements> statements,
    Lazy<DeadLetterStatements> letterStatements) {

  SubscriptionStatements sql() {
    return statements.get();
  }

  DeadLetterStatements letters() {
    return letterStatements.get();
  }
}
