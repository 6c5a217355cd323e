package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;
import org.jooq.Configuration;

/** Handles an event in the checkpoint's transaction, {@link ExactlyOnce exactly once}. */
@FunctionalInterface
public interface TransactionalHandler<E> {

  /**
   * What this throws rolls the transaction back and counts as a failure of the event, unless it
   * comes from the database: {@link OnFailure} says how each is treated.
   *
   * @param transaction the transaction, for the handler's own jOOQ statements and for {@link
   *     dev.daybook.Daybook#within}; can't be used after this call has returned
   */
  void handle(Configuration transaction, RecordedEvent<E> event) throws Exception;
}
