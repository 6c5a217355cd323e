package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;

/** Handles an event, {@link AtLeastOnce at least once}. */
@FunctionalInterface
public interface EventHandler<E> {

  /**
   * What this throws counts as a failure of the event, unless it comes from a database: {@link
   * OnFailure} says how each is treated.
   */
  void handle(RecordedEvent<E> event) throws Exception;
}
