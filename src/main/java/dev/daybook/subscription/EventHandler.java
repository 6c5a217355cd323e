package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;

/** Does something about an event, {@link AtLeastOnce at least once}. */
@FunctionalInterface
public interface EventHandler<E> {

  /**
   * What this throws is a failure of the event, unless it is one of a database: {@link OnFailure}
   * says what becomes of either.
   */
  void handle(RecordedEvent<E> event) throws Exception;
}
