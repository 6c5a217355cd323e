package dev.daybook.subscription.internal.store;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import java.time.Clock;

/** What all subscriptions of one Daybook share. */
public record SubscriptionStore(
    Database database,
    Clock clock,
    Lazy<SubscriptionStatements> statements,
    Lazy<DeadLetterStatements> letterStatements) {

  public SubscriptionStatements sql() {
    return statements.get();
  }

  public DeadLetterStatements letters() {
    return letterStatements.get();
  }
}
