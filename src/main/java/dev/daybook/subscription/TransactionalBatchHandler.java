package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;
import java.util.List;
import org.jooq.Configuration;

/** Handles several events in the checkpoint's transaction, {@link ExactlyOnce exactly once}. */
@FunctionalInterface
public interface TransactionalBatchHandler<E> {

  /**
   * Handles events.
   *
   * @param transaction the transaction, for the handler's own jOOQ statements and for {@link
   *     dev.daybook.Daybook#within}; can't be used after this call has returned
   * @param events one or more, in the order of their positions
   * @throws Exception if any of them failed; the transaction is rolled back, and they are delivered
   *     again, in the end one by one
   */
  void handle(Configuration transaction, List<RecordedEvent<E>> events) throws Exception;
}
