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
   * Writes requests, in order, in the transaction of a session. A refused request {@linkplain
   * Outcome#fail fails} alone, and leaves nothing in the transaction.
   *
   * @throws RuntimeException if the transaction can't continue
   */
  void write(Session session, List<R> requests);

  /**
   * Whether a request can be written by a single {@link Script} as its own transaction: by {@link
   * #writeAtOnce}, or with others by {@link #writeManyAtOnce}.
   */
  default boolean fitsOneStatement(R request) {
    return false;
  }

  /**
   * Writes a request that fits.
   *
   * @return whether it was written; if not, nothing was, and it has failed, or {@link #refuse} or
   *     {@link #write} says why
   */
  default boolean writeAtOnce(Session session, R request) {
    return false;
  }

  /**
   * Writes requests that fit together, and waits only briefly for locks of others.
   *
   * @return those that were written; of the others nothing was, and they have failed, or {@link
   *     #refuse} or {@link #write} says why
   * @throws DatabaseBusyException if it waited in vain
   */
  default List<R> writeManyAtOnce(Session session, List<R> requests) {
    return List.of();
  }

  /**
   * Fails those of the requests that what is stored now does not allow, after a statement has not
   * written them. It only reads, and waits for no lock. The others stay as they are.
   */
  default void refuse(Session session, List<R> requests) {}
}
