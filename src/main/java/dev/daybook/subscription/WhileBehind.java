package dev.daybook.subscription;

/**
 * What an append to an {@linkplain Subscriptions#inline inline journal} does while its projection
 * has more than {@link Subscriptions#MOST_BEHIND} events to handle before, as during a rebuild.
 */
public enum WhileBehind {
  /** It is refused with a {@link ProjectionBehindException}, and nothing is written. */
  REFUSE,

  /**
   * It appends, and leaves its events to the subscription of the projection's name, which handles
   * them in order. Until it has caught up, the projection can't be read right after its event.
   */
  APPEND
}
