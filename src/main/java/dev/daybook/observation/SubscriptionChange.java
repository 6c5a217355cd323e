package dev.daybook.observation;

/** What happens to a subscription that was started here. */
public enum SubscriptionChange {
  /** It has taken the lease of its name, and works. */
  LEASE_TAKEN,
  /**
   * Its lease is void: another one took it over, its checkpoint was moved, it was released, or the
   * database was rolled back.
   */
  LEASE_LOST,
  /** It has given the lease up. */
  LEASE_GIVEN_UP,
  /** It has handled all events, and waits for new ones. */
  CAUGHT_UP,
  /** It was asked to pause, and does. */
  PAUSED,
  /** It was closed, and has ended. */
  STOPPED,
  /** It has stopped by itself, because of a failure. */
  FAILED
}
