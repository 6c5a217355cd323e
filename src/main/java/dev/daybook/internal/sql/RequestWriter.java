package dev.daybook.internal.sql;

import java.util.List;

/**
 * How requests of one kind are written. Safe for several threads.
 *
 * @param <R> the kind of requests
 */
public interface RequestWriter<R extends WriteRequest> {

  /**
   * Writes what is asked for, in order, in the transaction of a session. What must not be written
   * {@linkplain Outcome#fail fails} alone, and leaves nothing behind in the transaction.
   *
   * @throws RuntimeException if the transaction can't go on
   */
  void write(Session session, List<R> requests);
}
