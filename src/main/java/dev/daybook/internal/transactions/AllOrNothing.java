package dev.daybook.internal.transactions;

import org.jooq.Configuration;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.impl.DefaultConfiguration;

/**
 * A transaction, or a part of one, of which the caller rolls back everything if one write fails. So
 * these writes take no savepoints. For the library's own work alone: an application may catch what
 * a write throws, and continue.
 */
public final class AllOrNothing implements TransactionProvider {

  private final NestedTransactions transactions;
  private final Configuration inParts;

  private AllOrNothing(NestedTransactions transactions, Configuration inParts) {
    this.transactions = transactions;
    this.inParts = inParts;
  }

  /**
   * The same transaction without savepoints, if its transactions are {@link NestedTransactions}.
   */
  public static Configuration of(Configuration transaction) {
    return transaction.transactionProvider() instanceof NestedTransactions own
        ? new DefaultConfiguration()
            .set(transaction.connectionProvider())
            .set((TransactionProvider) new AllOrNothing(own, transaction))
            .set(transaction.family())
        : transaction;
  }

  /** The same transaction for an application. */
  public static Configuration inParts(Configuration transaction) {
    return transaction.transactionProvider() instanceof AllOrNothing whole
        ? whole.inParts
        : transaction;
  }

  NestedTransactions transactions() {
    return transactions;
  }

  @Override
  public void begin(TransactionContext context) {
    transactions.begin(context);
  }

  @Override
  public void commit(TransactionContext context) {
    transactions.commit(context);
  }

  @Override
  public void rollback(TransactionContext context) {
    transactions.rollback(context);
  }
}
