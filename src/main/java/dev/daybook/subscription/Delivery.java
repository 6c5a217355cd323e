package dev.daybook.subscription;

import dev.daybook.meta.Internal;
import dev.daybook.settings.Limits;

/** The handler, and how often it gets an event: the subtype says which. */
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
