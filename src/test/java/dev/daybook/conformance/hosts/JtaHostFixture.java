package dev.daybook.conformance.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.conformance.Await;
import dev.daybook.jta.JtaTransactions;
import dev.daybook.transaction.TransactionHost;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.postgresql.xa.PGXADataSource;

/**
 * An application as Quarkus runs it: Narayana's transactions, Agroal's pool, and Hibernate if it is
 * asked for. Transactions are begun and ended as the interceptor of {@code @Transactional} does.
 */
final class JtaHostFixture implements JpaHostFixture {

  private static final int MOST_CONNECTIONS = 20;
  private static final TransactionManager MANAGER = Narayana.MANAGER;

  private final SQLDialect family;
  private final Warnings warnings;
  private final AgroalDataSource pool;
  private final JtaTransactions host;
  private @Nullable SessionFactory sessions;

  JtaHostFixture(DataSource dataSource, SQLDialect family) {
    this(dataSource, family, new Warnings());
  }

  private JtaHostFixture(DataSource dataSource, SQLDialect family, Warnings warnings) {
    this(GivenDataSource.around(dataSource, () -> pool(dataSource, warnings)), family, warnings);
  }

  private JtaHostFixture(AgroalDataSource pool, SQLDialect family, Warnings warnings) {
    this.pool = pool;
    this.warnings = warnings;
    this.family = family;
    this.host = JtaTransactions.of(pool, MANAGER, Narayana.REGISTRY);
  }

  /** The same with connections of its own, which take part in distributed transactions. */
  static JtaHostFixture xa(DataSource dataSource, SQLDialect family) {
    Warnings warnings = new Warnings();
    try (Connection connection = dataSource.getConnection()) {
      String url = connection.getMetaData().getURL();
      return new JtaHostFixture(
          pool(MOST_CONNECTIONS, PGXADataSource.class, url, warnings), family, warnings);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AgroalDataSource pool(DataSource dataSource, Warnings warnings) {
    int most =
        dataSource instanceof HikariDataSource limited
            ? limited.getMaximumPoolSize()
            : MOST_CONNECTIONS;
    return pool(most, GivenDataSource.class, "", warnings);
  }

  private static AgroalDataSource pool(int most, Class<?> provider, String url, Warnings warnings) {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled()
            .connectionPoolConfiguration(
                connections ->
                    connections
                        .maxSize(most)
                        .acquisitionTimeout(Await.PATIENCE)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .transactionIntegration(
                            new NarayanaTransactionIntegration(MANAGER, Narayana.REGISTRY))
                        .connectionFactoryConfiguration(
                            factory -> factory.connectionProviderClass(provider).jdbcUrl(url)));
    try {
      return AgroalDataSource.from(configuration, warnings);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the pool has warned of. */
  List<String> warnings() {
    return warnings.all();
  }

  @Override
  public TransactionHost host() {
    return host;
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public int connectionsInUse(HikariDataSource below) {
    return Math.toIntExact(pool.getMetrics().activeCount());
  }

  @Override
  public void inTransaction(Code code) {
    step(
        () -> {
          if (MANAGER.getStatus() == Status.STATUS_NO_TRANSACTION) {
            begin(code);
          } else {
            code.run();
          }
        });
  }

  @Override
  public void awaitRollback() {
    AgroalDataSourceMetrics metrics = pool.getMetrics();
    Await.until(
        () ->
            metrics.creationCount() - metrics.destroyCount()
                == metrics.activeCount() + metrics.availableCount());
  }

  @Override
  public void inNew(Code code) {
    step(
        () -> {
          Transaction suspended = MANAGER.suspend();
          try {
            begin(code);
          } finally {
            if (suspended != null) {
              MANAGER.resume(suspended);
            }
          }
        });
  }

  private static void begin(Code code) throws Exception {
    MANAGER.begin();
    try {
      code.run();
    } catch (Exception | AssertionError e) {
      MANAGER.rollback();
      throw e;
    }
    if (MANAGER.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
      MANAGER.rollback();
    } else {
      MANAGER.commit();
    }
  }

  /** JTA has none, and Agroal refuses those of JDBC, but the database takes the statements. */
  @Override
  public void inSavepoint(Code code) {
    dsl().execute("savepoint part");
    try {
      code.unchecked();
    } catch (RuntimeException e) {
      dsl().execute("rollback to savepoint part");
      throw e;
    }
  }

  @Override
  public void markForRollback() {
    step(MANAGER::setRollbackOnly);
  }

  @Override
  public void afterCommit(Runnable code) {
    step(
        () ->
            MANAGER
                .getTransaction()
                .registerSynchronization(
                    new Synchronization() {
                      @Override
                      public void beforeCompletion() {}

                      @Override
                      public void afterCompletion(int status) {
                        if (status == Status.STATUS_COMMITTED) {
                          code.run();
                        }
                      }
                    }));
  }

  private static void step(Code step) {
    step.unchecked();
  }

  @Override
  public void insertOrder(long id) {
    insertOrderByJdbc(id);
  }

  @Override
  public void insertOrderByJdbc(long id) {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into orders (id) values (?)")) {
      insert.setLong(1, id);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public EntityManager entityManager() {
    if (sessions == null) {
      sessions = sessions();
    }
    return sessions.getCurrentSession();
  }

  private SessionFactory sessions() {
    Properties settings = new Properties();
    settings.put(AvailableSettings.JAKARTA_JTA_DATASOURCE, pool);
    settings.put(AvailableSettings.DIALECT, JpaHostFixture.dialect(family));
    settings.put(AvailableSettings.ALLOW_METADATA_ON_BOOT, "false");
    settings.put(AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY, "jta");
    settings.put(AvailableSettings.JTA_PLATFORM, new Platform());
    settings.put(AvailableSettings.CURRENT_SESSION_CONTEXT_CLASS, "jta");
    return new Configuration()
        .addAnnotatedClass(OrderRow.class)
        .addProperties(settings)
        .buildSessionFactory();
  }

  /** Where Hibernate finds the transaction manager. */
  private static final class Platform extends AbstractJtaPlatform {

    @Serial private static final long serialVersionUID = 1;

    @Override
    protected TransactionManager locateTransactionManager() {
      return MANAGER;
    }

    @Override
    protected UserTransaction locateUserTransaction() {
      throw new UnsupportedOperationException("Hibernate begins none");
    }
  }

  @Override
  public DSLContext dsl() {
    return DSL.using(new DataSourceConnectionProvider(pool), family);
  }

  @Override
  public void close() {
    if (sessions != null) {
      sessions.close();
    }
    pool.close();
  }
}
