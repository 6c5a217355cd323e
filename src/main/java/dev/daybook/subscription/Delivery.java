package dev.daybook.subscription;

import dev.daybook.meta.Internal;
import dev.daybook.settings.Limits;

/** How often a handler gets an event, and the handler. Choose by choosing the type. */
public sealed interface Delivery<E> permits AtLeastOnce, ExactlyOnce {

  /** The most events that a handler of batches can ask for at once. */
  int MAX_BATCH = Limits.MAX_EVENTS_PER_APPEND;

  /**
   * How many events are handled together at the most.
   *
   * @hidden
   */
  @Internal("subscription.internal reads it")
  int batch();
}
