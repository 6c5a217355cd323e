package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;
import org.jooq.Configuration;

/**
 * Does something about an event in the checkpoint's transaction, {@link ExactlyOnce exactly once}.
 */
@FunctionalInterface
public interface TransactionalHandler<E> {

  /**
   * What this throws rolls the transaction back and is a failure of the event, unless it is one of
   * the database: {@link OnFailure} says what becomes of either.
   *
   * @param transaction the transaction, for jOOQ statements of one's own and for {@link
   *     dev.daybook.Daybook#within}; of no use after this call has returned
   */
  void handle(Configuration transaction, RecordedEvent<E> event) throws Exception;
}
