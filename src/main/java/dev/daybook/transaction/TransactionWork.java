package dev.daybook.transaction;

import org.jooq.Configuration;

/**
 * Work inside one transaction; see {@link dev.daybook.Daybook#transaction}.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface TransactionWork<X extends Exception> {

  /**
   * Runs once, on the calling thread. Throwing rolls the transaction back.
   *
   * @param transaction the transaction, for {@link dev.daybook.Daybook#within} and for the caller's
   *     own jOOQ statements; can't be used after this call has returned
   */
  void run(Configuration transaction) throws X;
}
