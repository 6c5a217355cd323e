package dev.daybook.subscription;

/** What a subscription is doing. */
public enum SubscriptionState {
  /**
   * Somebody else has the lease of its name; it takes over when that is given up or runs out. Or
   * the database has not answered yet, which is logged and tried again.
   */
  STANDBY,
  /** It is handling events that were there already. */
  CATCHING_UP,
  /** It has handled everything there was, and waits for what comes. */
  LIVE,
  /** It was asked to pause, here or by its name. It keeps its lease. */
  PAUSED,
  /** It was closed. */
  STOPPED,
  /** It has stopped by itself; see {@link Subscription#done} and {@link SubscriptionInfo#stop}. */
  FAILED
}
