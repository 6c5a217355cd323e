package dev.daybook.subscription;

/** The state of a subscription. */
public enum SubscriptionState {
  /**
   * Another one has the lease of its name; this one takes over when the lease is given up or
   * expires. Or the database has not answered yet, which is logged and retried.
   */
  STANDBY,
  /** It is handling events that existed already. */
  CATCHING_UP,
  /** It has handled all events, and waits for new ones. */
  LIVE,
  /** It was asked to pause, here or by its name. It keeps its lease. */
  PAUSED,
  /** It was closed. */
  STOPPED,
  /** It has stopped by itself; see {@link Subscription#done} and {@link SubscriptionInfo#stop}. */
  FAILED
}
