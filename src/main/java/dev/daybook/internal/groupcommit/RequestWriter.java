package dev.daybook.internal.groupcommit;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
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

  /**
   * Whether a request can be written by a single {@link Script} as a transaction of its own: by
   * {@link #writeAtOnce}, or with others by {@link #writeManyAtOnce}.
   */
  default boolean fitsOneStatement(R request) {
    return false;
  }

  /**
   * Writes a request that fits.
   *
   * @return whether it was written; if not, nothing was, and it has failed, or it takes {@link
   *     #write} to say why
   */
  default boolean writeAtOnce(Session session, R request) {
    return false;
  }

  /**
   * Writes requests that fit together, and waits but a moment for what others keep locked.
   *
   * @return those that were written; of the others nothing was, and they have failed, or it takes
   *     {@link #write} to say why
   * @throws DatabaseBusyException if it waited in vain
   */
  default List<R> writeManyAtOnce(Session session, List<R> requests) {
    return List.of();
  }
}
