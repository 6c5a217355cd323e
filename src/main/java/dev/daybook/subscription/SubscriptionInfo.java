package dev.daybook.subscription;

import dev.daybook.meta.Internal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subscription stands in the database, whichever process runs it.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface SubscriptionInfo {

  /** Its name. */
  String name();

  /** The position up to which it has saved that it is done. */
  long position();

  /** When it saved that. */
  Instant updatedAt();

  /** How many events of the journal are behind that position, whether it selects them or not. */
  long lagEvents();

  /** The age of the first of them; zero if there is none. */
  Duration lagTime();

  /** Who has its lease; empty if nobody has, or whoever has is known to be gone. */
  Optional<String> owner();

  /** How many events it has put aside, with those that wait behind others. */
  long deadLetters();

  /**
   * When it was asked to {@link Subscriptions#pause pause}; empty if it is to work. A pause that
   * only {@link Subscription#pause} asked for stands in no database.
   */
  Optional<Instant> pausedAt();

  /** That it has stopped by itself; empty if it never did, or somebody has worked on it since. */
  Optional<SubscriptionStop> stop();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record SubscriptionInfoValues(
      String name,
      long position,
      Instant updatedAt,
      long lagEvents,
      Duration lagTime,
      Optional<String> owner,
      long deadLetters,
      Optional<Instant> pausedAt,
      Optional<SubscriptionStop> stop)
      implements SubscriptionInfo {}
}
