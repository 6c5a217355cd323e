package dev.daybook.spring;

import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionHost;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's transactions, whichever way they are begun: {@code @Transactional}, {@code
 * TransactionTemplate} or a transaction manager. To be given to {@link
 * DaybookBuilder#transactions}.
 *
 * <ul>
 *   <li>The data source is the one that the transaction manager begins its transactions on. A
 *       transaction of another data source is not joined: then Daybook commits by itself, as {@code
 *       JdbcTemplate} does. If it is the given transaction manager that has begun it, that is a
 *       mistake, and the use of Daybook is refused with an {@link InvalidInputException}: it
 *       manages another data source, or does not say on which connection it is. A {@code
 *       JpaTransactionManager} says so if it has the data source and the JPA provider's {@code
 *       JpaDialect}, which Spring sets by itself for an entity manager factory that it has made.
 *       For a {@code JtaTransactionManager}, use {@link dev.daybook.jta.JtaTransactions}.
 *   <li>{@code REQUIRES_NEW} is another transaction, {@code NESTED} a savepoint. In one that is
 *       {@code readOnly}, Daybook refuses to write.
 *   <li>What is called after the commit, such as a {@code @TransactionalEventListener}, is in no
 *       transaction: what it writes by Daybook is committed by itself.
 *   <li>A transaction's timeout does not bound Daybook's statements: Spring applies it to its own
 *       only. See {@link dev.daybook.Daybook#withDeadline}.
 *   <li>Spring 6.2 or later, in which a rollback to a savepoint is reported.
 * </ul>
 *
 * <p>Safe for several threads. Several Daybooks may share one.
 */
public final class SpringTransactions implements TransactionHost {

  private static final TransactionDefinition NEW =
      new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

  private final DataSource dataSource;
  private final PlatformTransactionManager manager;

  private SpringTransactions(DataSource dataSource, PlatformTransactionManager manager) {
    this.dataSource = dataSource;
    this.manager = manager;
  }

  /**
   * The transactions on a data source.
   *
   * @param dataSource where they have their connections; a {@link TransactionAwareDataSourceProxy}
   *     stands for what it wraps
   * @param manager begins those of {@link dev.daybook.Daybook#transaction} and of exactly-once
   *     handlers
   */
  public static SpringTransactions of(DataSource dataSource, PlatformTransactionManager manager) {
    Objects.requireNonNull(manager, "manager");
    SpringTransactions transactions = new SpringTransactions(unwrapped(dataSource), manager);
    if (manager instanceof ConfigurableTransactionManager configurable) {
      configurable.addListener(transactions.new Beginning());
    }
    return transactions;
  }

  private static DataSource unwrapped(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    DataSource target =
        dataSource instanceof TransactionAwareDataSourceProxy proxy
            ? proxy.getTargetDataSource()
            : null;
    return target == null ? dataSource : target;
  }

  @Override
  public Optional<HostTransaction> current() {
    SpringTransaction bound = bound();
    if (bound == null && TransactionSynchronizationManager.isSynchronizationActive()) {
      bound = bind(false);
    }
    if (bound == null || bound.isOver()) {
      return Optional.empty();
    }
    bound.requireConnection();
    return isOnDataSource() ? Optional.of(bound) : Optional.empty();
  }

  @Override
  public <T, X extends Exception> T inNew(Work<T, X> work) throws X {
    TransactionStatus status = manager.getTransaction(NEW);
    T result;
    try {
      result = work.run();
    } catch (Throwable e) {
      rollBack(status, e);
      throw e;
    }
    manager.commit(status);
    return result;
  }

  private void rollBack(TransactionStatus status, Throwable failure) {
    try {
      manager.rollback(status);
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /**
   * Whether the thread's transaction is one of the data source. A connection that is bound without
   * one commits by itself.
   */
  private boolean isOnDataSource() {
    ConnectionHolder holder = holder();
    if (holder == null) {
      return false;
    }
    try {
      return !holder.getConnection().getAutoCommit();
    } catch (SQLException e) {
      // The next statement says what is wrong with it.
      return true;
    }
  }

  @Nullable ConnectionHolder holder() {
    return (ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource);
  }

  private @Nullable SpringTransaction bound() {
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? (SpringTransaction) TransactionSynchronizationManager.getResource(this)
        : null;
  }

  private @Nullable SpringTransaction bind(boolean hidesConnection) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return null;
    }
    SpringTransaction begun = new SpringTransaction(this, hidesConnection);
    TransactionSynchronizationManager.registerSynchronization(begun);
    TransactionSynchronizationManager.bindResource(this, begun);
    return begun;
  }

  Connection connection() throws SQLException {
    ConnectionHolder holder = holder();
    if (holder == null) {
      throw new SQLException("the transaction's connection is no longer bound to the thread");
    }
    return holder.getConnection();
  }

  /** From its beginning on, it is known when a transaction ends, also if it is used only then. */
  private final class Beginning implements TransactionExecutionListener {

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
      if (failure == null
          && bound() == null
          && TransactionSynchronizationManager.isSynchronizationActive()) {
        bind(holder() == null);
      }
    }
  }
}
