package dev.daybook.jta;

import dev.daybook.DaybookBuilder;
import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionHost;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.TransactionalException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * JTA's transactions, whichever way they are begun: {@code @Transactional}, {@code UserTransaction}
 * or the transaction manager. To be given to {@link DaybookBuilder#transactions}.
 *
 * <ul>
 *   <li>The data source is a pool that knows of the transaction manager: inside a transaction it
 *       returns the transaction's connection, as Agroal and those of application servers do. Every
 *       transaction in which Daybook is used has a connection of it. Whether it may have one of
 *       another data source as well, the transaction manager decides: it takes XA for both.
 *   <li>A suspended transaction is not joined, so {@code REQUIRES_NEW} is another transaction.
 *   <li>In a transaction that is marked to be rolled back, Daybook can be used if it was before the
 *       mark; otherwise an {@link IllegalStateException} is thrown, because the pool returns no
 *       connection.
 *   <li>A transaction that takes too long is rolled back while its code is running. From then on,
 *       and after every other rollback, Daybook refuses to be used in it, with an {@link
 *       IllegalStateException}. Code that is called after a rollback and wants to write begins a
 *       transaction.
 *   <li>After the commit the thread is in no transaction: what is called then commits by itself.
 *   <li>A commit that fails throws a {@link TransactionalException}, unless its reason is a failure
 *       of the database, which becomes an exception of Daybook.
 * </ul>
 *
 * <p>Safe for several threads. Several Daybooks may share one.
 */
public final class JtaTransactions implements TransactionHost {

  private final DataSource dataSource;
  private final TransactionManager manager;
  private final TransactionSynchronizationRegistry registry;

  private JtaTransactions(
      DataSource dataSource,
      TransactionManager manager,
      TransactionSynchronizationRegistry registry) {
    this.dataSource = dataSource;
    this.manager = manager;
    this.registry = registry;
  }

  /**
   * The transactions of a transaction manager.
   *
   * @param dataSource where they have their connections
   * @param manager begins those of {@link dev.daybook.Daybook#transaction} and of exactly-once
   *     handlers
   * @param registry of the same transaction manager
   */
  public static JtaTransactions of(
      DataSource dataSource,
      TransactionManager manager,
      TransactionSynchronizationRegistry registry) {
    return new JtaTransactions(
        Objects.requireNonNull(dataSource, "dataSource"),
        Objects.requireNonNull(manager, "manager"),
        Objects.requireNonNull(registry, "registry"));
  }

  /** {@inheritDoc} */
  @Override
  public Optional<HostTransaction> current() {
    return switch (registry.getTransactionStatus()) {
      case Status.STATUS_ACTIVE -> Optional.of(joined(true));
      case Status.STATUS_MARKED_ROLLBACK -> Optional.of(joined(false));
      case Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN ->
          throw new IllegalStateException(
              "the transaction that this thread is in has been rolled back, perhaps because it took too long; expected this call in another transaction");
      default -> Optional.empty();
    };
  }

  private JtaTransaction joined(boolean canBegin) {
    JtaTransaction known = (JtaTransaction) registry.getResource(this);
    if (known != null && !known.isCompleting()) {
      return known;
    }
    if (!canBegin) {
      throw new IllegalStateException(
          "the transaction that this thread is in is going to be rolled back, so it gives no connection; expected this call in another transaction");
    }
    JtaTransaction begun = new JtaTransaction(dataSource);
    // Before the pool's own, which is called after it then, and finds the connection closed.
    registry.registerInterposedSynchronization(begun);
    registry.putResource(this, begun);
    return begun;
  }

  @Override
  public <T, X extends Exception> T inNew(Work<T, X> work) throws X {
    Transaction around = done("suspended", manager::suspend);
    try {
      return begun(work);
    } finally {
      if (around != null) {
        run("resumed", () -> manager.resume(around));
      }
    }
  }

  private <T, X extends Exception> T begun(Work<T, X> work) throws X {
    run("begun", manager::begin);
    T result;
    try {
      result = work.run();
    } catch (Throwable e) {
      try {
        run("rolled back", manager::rollback);
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
    run("committed", manager::commit);
    return result;
  }

  /** A call of the transaction manager. */
  @FunctionalInterface
  private interface Call<T> {
    @Nullable T run() throws Exception;
  }

  /** The same without a result. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private static void run(String step, Step call) {
    done(
        step,
        () -> {
          call.run();
          return null;
        });
  }

  private static <T> @Nullable T done(String step, Call<T> call) {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new TransactionalException(
          "the transaction was not %s: %s".formatted(step, e.getMessage()), e);
    }
  }
}
