package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.Applications.Order;
import dev.daybook.spring.boot.Applications.Order.Placed;
import dev.daybook.spring.boot.Applications.Orders;
import dev.daybook.transaction.TransactionHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans that an application gets, and on which database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaybookBeansTest {

  @TempDir private Path directory;

  private String file() {
    return "jdbc:sqlite:" + directory.resolve("app.db");
  }

  /** Injected by its type. */
  record Shop(Journal<Order> journal) {}

  @Test
  void an_append_and_a_row_commit_together_or_not_at_all_on_a_file_with_a_pool_of_two() {
    Applications.on(file())
        .withPropertyValues("spring.datasource.hikari.maximum-pool-size=2")
        .withUserConfiguration(Orders.class)
        .withBean(Shop.class)
        .run(DaybookBeansTest::requireOneTransaction);
  }

  @Test
  void an_append_and_a_row_commit_together_or_not_at_all_on_a_server() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      Applications.on(database.url())
          .withUserConfiguration(Orders.class)
          .withBean(Shop.class)
          .run(DaybookBeansTest::requireOneTransaction);
    }
  }

  private static void requireOneTransaction(ApplicationContext application) {
    JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
    TransactionTemplate transaction = application.getBean(TransactionTemplate.class);
    Journal<Order> journal = application.getBean(Shop.class).journal();
    application.getBean(Daybook.class).schemaVersion();
    jdbc.execute("create table placed (item varchar(20))");
    for (boolean commits : new boolean[] {false, true}) {
      transaction.executeWithoutResult(
          status -> {
            jdbc.update("insert into placed (item) values ('book')");
            journal.append("order-1", ExpectedSeq.noStream(), new Placed("book"));
            if (!commits) {
              status.setRollbackOnly();
            }
          });
      int expected = commits ? 1 : 0;
      assertThat(journal.read(EventQuery.stream("order-1"))).hasSize(expected);
      assertThat(jdbc.queryForObject("select count(*) from placed", Integer.class))
          .isEqualTo(expected);
    }
  }

  @Test
  void a_file_of_its_own_needs_neither_a_data_source_nor_spring_jdbc() {
    Applications.bare()
        .withClassLoader(
            new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction"))
        .withPropertyValues("daybook.url=" + directory.resolve("own.db"))
        .withUserConfiguration(Orders.class)
        .withBean(Shop.class)
        .run(
            application -> {
              application
                  .getBean(Shop.class)
                  .journal()
                  .append("order-1", ExpectedSeq.noStream(), new Placed("book"));
              assertThat(directory.resolve("own.db")).exists();
            });
  }

  @Test
  void a_file_of_its_own_takes_part_in_no_transaction() {
    Applications.on(file())
        .withPropertyValues("daybook.url=" + directory.resolve("own.db"))
        .withUserConfiguration(Orders.class)
        .withBean(Shop.class)
        .run(
            application -> {
              Journal<Order> journal = application.getBean(Shop.class).journal();
              application
                  .getBean(TransactionTemplate.class)
                  .executeWithoutResult(
                      status -> {
                        journal.append("order-1", ExpectedSeq.noStream(), new Placed("book"));
                        status.setRollbackOnly();
                      });
              assertThat(journal.highestSeq("order-1")).isOne();
              assertThat(application).doesNotHaveBean(TransactionHost.class);
            });
  }

  @Test
  void without_a_database_the_start_fails_and_says_what_to_do() {
    Applications.bare()
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                        "the application has no data source; expected one, or a file or a URL in daybook.url; daybook.enabled=false leaves Daybook out"));
  }

  @Test
  void a_url_and_a_data_source_are_refused_together() {
    Applications.bare()
        .withPropertyValues("daybook.url=a.db", "daybook.data-source=b")
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .rootCause()
                    .hasMessage(
                        "daybook.url and daybook.data-source are given; expected one of them"));
  }

  @Test
  void switched_off_there_is_nothing() {
    Applications.on(file())
        .withPropertyValues("daybook.enabled=false")
        .run(
            application ->
                assertThat(application)
                    .hasNotFailed()
                    .doesNotHaveBean(Daybook.class)
                    .doesNotHaveBean(DaybookSubscriptions.class));
  }

  /** Two databases. */
  @Configuration(proxyBeanMethods = false)
  static class TwoSources {
    static final String ONE = "one";
    static final String TWO = "two";

    @Bean(ONE)
    DataSource one() {
      return new DriverManagerDataSource("jdbc:sqlite::memory:");
    }

    @Bean(TWO)
    DataSource two(Environment environment) {
      return new DriverManagerDataSource(environment.getRequiredProperty("two"));
    }
  }

  @Test
  void of_several_data_sources_one_is_named() {
    Applications.bare()
        .withUserConfiguration(TwoSources.class)
        .withPropertyValues("two=" + file())
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("expected the name of one in daybook.data-source"));
    Applications.bare()
        .withUserConfiguration(TwoSources.class)
        .withPropertyValues("two=" + file(), "daybook.data-source=two")
        .run(
            application -> {
              application.getBean(Daybook.class).schemaVersion();
              assertThat(directory.resolve("app.db")).isNotEmptyFile();
            });
  }

  @Test
  void the_properties_reach_the_builder() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      Applications.on(database.url())
          .withPropertyValues(
              "daybook.schema=history",
              "daybook.table-prefix=shop_",
              "daybook.push=false",
              "daybook.poll-interval=200ms",
              "daybook.busy-timeout=3s")
          .run(
              application -> {
                application.getBean(Daybook.class).schemaVersion();
                assertThat(
                        application
                            .getBean(JdbcTemplate.class)
                            .queryForObject("select count(*) from history.shop_events", Long.class))
                    .isZero();
              });
    }
  }

  @Test
  void what_the_database_can_not_honour_fails_at_the_first_use() {
    for (String property : new String[] {"migrate=false", "push=true", "schema=history"}) {
      Applications.on(file())
          .withPropertyValues("daybook." + property)
          .run(
              application ->
                  assertThat(reasonOf(application.getBean(Daybook.class)))
                      .isIn(OpenException.Reason.OPTION, OpenException.Reason.TABLES));
    }
    Applications.on(file())
        .withPropertyValues(
            "daybook.wal=true", "daybook.synchronous=normal", "daybook.cache-size=4MB")
        .run(application -> application.getBean(Daybook.class).schemaVersion());
  }

  private static OpenException.Reason reasonOf(Daybook daybook) {
    try {
      daybook.schemaVersion();
      throw new AssertionError("it was opened");
    } catch (OpenException e) {
      return e.reason();
    }
  }

  @Test
  void customizers_have_the_last_word_and_the_application_s_mapper_is_used() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    ObjectMapper mapper =
        new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
    Applications.on(file())
        .withBean(DaybookCustomizer.class, () -> builder -> builder.clock(clock))
        .withBean(ObjectMapper.class, () -> mapper)
        .withUserConfiguration(Orders.class)
        .withBean(Shop.class)
        .run(
            application -> {
              Journal<Order> journal = application.getBean(Shop.class).journal();
              journal.append("order-1", ExpectedSeq.noStream(), new Placed("book"));
              RecordedEvent<EncodedEvent> stored =
                  journal.raw().read(EventQuery.stream("order-1")).get(0);
              assertThat(stored.time()).isEqualTo(Instant.EPOCH);
              assertThat(stored.data().payload()).asString().isEqualTo("{\"Item\":\"book\"}");
            });
  }

  @Test
  void beans_of_the_application_come_first() {
    Applications.bare()
        .withBean("mine", Daybook.class, Daybook::inMemory)
        .withUserConfiguration(Orders.class, OwnJournal.class)
        .run(
            application -> {
              assertThat(application).hasSingleBean(Daybook.class).hasSingleBean(Journal.class);
              assertThat(application).hasBean("own");
            });
  }

  /** A journal of its own for the types. */
  @Configuration(proxyBeanMethods = false)
  static class OwnJournal {
    @Bean
    Journal<Order> own(Daybook daybook, EventTypes<Order> types) {
      return daybook.journal(types);
    }
  }

  /** Uses the journal as soon as it is made. */
  static final class Eager {
    Eager(Journal<Order> journal) {
      journal.append("order-1", ExpectedSeq.noStream(), new Placed("book"));
    }
  }

  @Test
  void flyway_runs_before_a_bean_that_appends_while_it_is_made() throws Exception {
    Files.createDirectories(directory.resolve("migrations"));
    Files.writeString(
        directory.resolve("migrations").resolve("V1__orders.sql"),
        "create table orders (id varchar(20));");
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      for (String url : new String[] {file(), database.url()}) {
        Applications.on(url)
            .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
            .withPropertyValues(
                "spring.flyway.locations=filesystem:" + directory.resolve("migrations"))
            .withBean(Eager.class)
            .withUserConfiguration(Orders.class)
            .run(
                application -> {
                  assertThat(application).hasNotFailed();
                  assertThat(application.getBean(Daybook.class).rawJournal().latestPosition())
                      .isOne();
                  assertThat(
                          application
                              .getBean(JdbcTemplate.class)
                              .queryForObject("select count(*) from orders", Long.class))
                      .isZero();
                });
      }
    }
  }

  @Test
  void a_data_source_that_does_not_answer_fails_at_the_first_use_only() {
    Applications.bare()
        .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
        .withPropertyValues(
            "spring.datasource.url=jdbc:postgresql://localhost:1/none",
            "spring.datasource.hikari.connection-timeout=250",
            "spring.datasource.hikari.initialization-fail-timeout=-1")
        .run(application -> assertThat(application).hasNotFailed());
  }
}
