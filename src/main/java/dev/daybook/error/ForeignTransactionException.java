package dev.daybook.error;

/**
 * The data source returned a connection that is inside a transaction which Daybook did not begin.
 * Daybook commits what it writes, and would have committed that transaction too. So it did nothing
 * on the connection and closed it, as a pool expects.
 *
 * <p>To write in that transaction use {@link dev.daybook.Daybook#within}. Otherwise give Daybook a
 * data source that takes no part in transactions: the pool itself, and not a wrapper that returns
 * the connection of the thread's transaction.
 */
public final class ForeignTransactionException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ForeignTransactionException(String message) {
    super(message);
  }
}
