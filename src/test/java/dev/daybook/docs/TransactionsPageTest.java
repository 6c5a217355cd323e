package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.JoinedTransaction;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.conformance.hosts.Narayana;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.jta.JtaTransactions;
import dev.daybook.spring.SpringTransactions;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** The Java of the page on transactions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionsPageTest {

  private static final Table<?> ORDERS = DSL.table(DSL.name("orders"));
  private static final Field<String> ID = DSL.field(DSL.name("id"), String.class);
  private static final Table<?> TOTALS = DSL.table(DSL.name("totals"));
  private static final Field<String> ACCOUNT = DSL.field(DSL.name("account"), String.class);

  private final SQLiteDataSource dataSource = new SQLiteDataSource();

  @TempDir private Path directory;

  @BeforeEach
  void make_tables() {
    dataSource.setUrl(
        "jdbc:sqlite:" + directory.resolve("shop.db") + "?transaction_mode=IMMEDIATE");
    try (Daybook daybook = Daybook.open(dataSource)) {
      daybook.transaction(
          tx -> {
            DSL.using(tx).createTable(ORDERS).columns(ID).execute();
            DSL.using(tx).createTable(TOTALS).columns(ACCOUNT).execute();
          });
    }
  }

  @Test
  void daybook_s_own_transaction_writes_both() {
    try (Daybook daybook = Daybook.open(dataSource)) {
      daybook.transaction(
          tx -> {
            DSL.using(tx).insertInto(ORDERS, ID).values("order-7").execute();
            Journal<Account> accounts = daybook.within(tx).journal(Account.class);
            accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
          });
      assertThat(orders(daybook)).isOne();
      assertThat(daybook.journal(Account.class).highestSeq("account-1")).isEqualTo(1);
    }
  }

  @Test
  void a_failure_takes_both_back() {
    try (Daybook daybook = Daybook.open(dataSource)) {
      assertThatThrownBy(
              () ->
                  daybook.transaction(
                      tx -> {
                        DSL.using(tx).insertInto(ORDERS, ID).values("order-7").execute();
                        daybook
                            .within(tx)
                            .journal(Account.class)
                            .append("account-1", ExpectedSeq.streamExists(), new Opened("Ann"));
                      }))
          .isInstanceOf(RuntimeException.class);
      assertThat(orders(daybook)).isZero();
    }
  }

  @Test
  void an_application_s_transaction_takes_part() {
    try (Daybook daybook = Daybook.open(dataSource)) {
      DSLContext dsl = DSL.using(dataSource, SQLDialect.SQLITE);
      dsl.transaction(
          tx -> {
            tx.dsl().insertInto(ORDERS, ID).values("order-8").execute();
            Journal<Account> accounts = daybook.within(tx).journal(Account.class);
            accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
          });
      assertThat(orders(daybook)).isOne();
      assertThat(daybook.journal(Account.class).highestSeq("account-1")).isEqualTo(1);
    }
  }

  @Test
  void a_connection_of_an_application_s_takes_part() throws SQLException {
    try (Daybook daybook = Daybook.open(dataSource)) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        JoinedTransaction joined = daybook.join(connection);
        DSL.using(connection, SQLDialect.SQLITE).insertInto(ORDERS, ID).values("order-9").execute();
        joined
            .journal(Account.class)
            .append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
        connection.commit();
        joined.committed();
      }
      assertThat(orders(daybook)).isOne();
      assertThat(daybook.journal(Account.class).highestSeq("account-1")).isEqualTo(1);
    }
  }

  @Test
  void a_transaction_of_spring_s_takes_part() {
    PlatformTransactionManager transactionManager = new DataSourceTransactionManager(dataSource);
    TransactionTemplate transactionTemplate = new TransactionTemplate(transactionManager);
    JdbcTemplate jdbcTemplate = new JdbcTemplate(dataSource);

    SpringTransactions spring = SpringTransactions.of(dataSource, transactionManager);
    Daybook daybook = Daybook.builder(dataSource).transactions(spring).build();

    try (daybook) {
      Journal<Account> accounts = daybook.journal(Account.class);
      transactionTemplate.executeWithoutResult(
          status -> {
            jdbcTemplate.update("insert into orders (id) values (?)", "order-10");
            accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
          });
      transactionTemplate.executeWithoutResult(
          status -> {
            accounts.append("account-1", ExpectedSeq.exactly(1), new Opened("Ann"));
            status.setRollbackOnly();
          });
      assertThat(orders(daybook)).isOne();
      assertThat(accounts.highestSeq("account-1")).isEqualTo(1);
    }
  }

  @Test
  void a_transaction_of_jta_s_takes_part() throws Exception {
    TransactionManager transactionManager = Narayana.MANAGER;
    TransactionSynchronizationRegistry synchronizationRegistry = Narayana.REGISTRY;
    try (AgroalDataSource pool = pool()) {

      JtaTransactions jta = JtaTransactions.of(pool, transactionManager, synchronizationRegistry);
      Daybook daybook = Daybook.builder(pool).transactions(jta).build();

      try (daybook) {
        Journal<Account> accounts = daybook.journal(Account.class);
        transactionManager.begin();
        accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
        try (Connection connection = pool.getConnection()) {
          DSL.using(connection, SQLDialect.SQLITE)
              .insertInto(ORDERS, ID)
              .values("order-11")
              .execute();
        }
        transactionManager.commit();
        transactionManager.begin();
        accounts.append("account-1", ExpectedSeq.exactly(1), new Opened("Ann"));
        transactionManager.rollback();
        assertThat(orders(daybook)).isOne();
        assertThat(accounts.highestSeq("account-1")).isEqualTo(1);
      }
    }
  }

  /** As Quarkus makes one. */
  private AgroalDataSource pool() throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                connections ->
                    connections
                        .maxSize(10)
                        .transactionIntegration(
                            new NarayanaTransactionIntegration(Narayana.MANAGER, Narayana.REGISTRY))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory.jdbcUrl("jdbc:sqlite:" + directory.resolve("shop.db")))));
  }

  @Test
  void a_projection_saves_its_checkpoint_with_its_rows() {
    try (Daybook daybook = Daybook.open(dataSource)) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Deposited(BigDecimal.TEN));
      long done = daybook.checkpoints().load("totals").map(Checkpoint::position).orElse(0L);
      for (RecordedEvent<Account> event : accounts.read(EventQuery.all().after(done).limit(100))) {
        daybook.transaction(
            tx -> {
              DSL.using(tx).insertInto(TOTALS, ACCOUNT).values(event.streamId()).execute();
              daybook.within(tx).checkpoints().save("totals", event.position());
            });
      }
      assertThat(daybook.checkpoints().load("totals")).map(Checkpoint::position).contains(1L);
    }
  }

  private static int orders(Daybook daybook) {
    return daybook.<Integer, RuntimeException>transactionResult(
        tx -> DSL.using(tx).fetchCount(ORDERS));
  }
}
