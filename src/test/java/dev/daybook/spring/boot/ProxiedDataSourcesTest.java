package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.spring.boot.Applications.Order;
import dev.daybook.spring.boot.Applications.Order.Placed;
import dev.daybook.spring.boot.Applications.Orders;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** An application whose data source is one of Spring's around a pool. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedDataSourcesTest {

  /** What is around the pool. */
  enum Around implements BeanPostProcessor {
    TRANSACTION_AWARE,
    LAZY,
    DELEGATING,
    SEVERAL;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (!(bean instanceof HikariDataSource pool)) {
        return bean;
      }
      return switch (this) {
        case TRANSACTION_AWARE -> new TransactionAwareDataSourceProxy(pool);
        case LAZY -> new LazyConnectionDataSourceProxy(pool);
        case DELEGATING -> new DelegatingDataSource(pool);
        case SEVERAL ->
            new TransactionAwareDataSourceProxy(
                new LazyConnectionDataSourceProxy(new DelegatingDataSource(pool)));
      };
    }
  }

  /** Injected by its type. */
  record Shop(Journal<Order> journal) {}

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void on_a_server_what_is_daybook_s_own_is_outside_of_the_transaction_and_the_rest_inside(
      Around around) throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      requireBoth(around, database.url());
    }
  }

  @ParameterizedTest
  @EnumSource
  void on_a_file_what_is_daybook_s_own_is_outside_of_the_transaction_and_the_rest_inside(
      Around around) {
    requireBoth(around, "jdbc:sqlite:" + directory.resolve("app.db"));
  }

  private static void requireBoth(Around around, String url) {
    Applications.on(url)
        .withBean("around", Around.class, () -> around)
        .withUserConfiguration(Orders.class)
        .withBean(Shop.class)
        .run(ProxiedDataSourcesTest::requireBoth);
  }

  /** Maintenance is Daybook's own work, and does not see what is not committed. */
  private static void requireBoth(ApplicationContext application) {
    assertThat(application.getBean(DataSource.class)).isNotInstanceOf(HikariDataSource.class);
    JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
    TransactionTemplate transaction = application.getBean(TransactionTemplate.class);
    Journal<Order> journal = application.getBean(Shop.class).journal();
    Maintenance maintenance = application.getBean(Daybook.class).maintenance();
    application.getBean(Daybook.class).schemaVersion();
    jdbc.execute("create table placed (item varchar(20))");
    for (boolean commits : new boolean[] {false, true}) {
      transaction.executeWithoutResult(
          status -> {
            jdbc.update("insert into placed (item) values ('book')");
            journal.append("order-1", ExpectedSeq.noStream(), new Placed("book"));
            assertThat(journal.highestSeq("order-1")).isOne();
            assertThat(maintenance.verify().events()).isZero();
            if (!commits) {
              status.setRollbackOnly();
            }
          });
      int expected = commits ? 1 : 0;
      assertThat(maintenance.verify().events()).isEqualTo(expected);
      assertThat(journal.highestSeq("order-1")).isEqualTo(expected);
      assertThat(jdbc.queryForObject("select count(*) from placed", Integer.class))
          .isEqualTo(expected);
    }
  }
}
