package dev.daybook.subscription;

import dev.daybook.meta.Internal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of a subscription in the database, whichever process runs it.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface SubscriptionInfo {

  /** Its name. */
  String name();

  /** The position of its checkpoint. */
  long position();

  /** When the checkpoint was saved. */
  Instant updatedAt();

  /** How many events of the journal are after that position, whether it selects them or not. */
  long lagEvents();

  /** The age of the first of them; zero without one. */
  Duration lagTime();

  /** The process that has its lease; empty if none has, or its holder is known to have ended. */
  Optional<String> owner();

  /** How many dead letters it has, including events that wait for another one. */
  long deadLetters();

  /**
   * When it was asked to {@link Subscriptions#pause pause}; empty if it is to work. A pause by
   * {@link Subscription#pause} is not stored.
   */
  Optional<Instant> pausedAt();

  /** When and why it stopped by itself; empty if it did not, or has worked again since. */
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
