package dev.daybook.spring.boot.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.fixture.LaunchedTests;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookSubscriptions;
import dev.daybook.spring.boot.test.DaybookTest.Database;
import dev.daybook.spring.boot.test.Ticket.Sold;
import dev.daybook.testing.TestDaybook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.WebApplicationContext;

/** Runs tests that use the slice. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaybookTestTest {

  private static final Sold SOLD = new Sold("12a");
  private static final List<String> URLS = new ArrayList<>();

  private static void requireAllPassed(Map<String, String> outcomes, int expected) {
    assertThat(outcomes)
        .hasSize(expected)
        .allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty());
  }

  @DaybookTest
  static class AllListeners {
    @Autowired private ApplicationContext application;
    @Autowired private Journal<Ticket> tickets;
    @Autowired private TestDaybook store;
    @Autowired private Seats seats;
    @Autowired private Mails mails;
    @Autowired private Environment environment;

    @RepeatedTest(2)
    void listeners_get_what_is_appended_to_a_fresh_database() throws InterruptedException {
      URLS.add(environment.getRequiredProperty("spring.datasource.url"));
      store.clock().advance(Duration.ofDays(1));
      RecordedEvent<Ticket> sold = tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
      store.awaitAll();

      assertThat(sold.position()).isOne();
      assertThat(sold.time()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
      assertThat(seats.taken()).containsExactly("12a");
      assertThat(mails.sent).containsExactly("12a");
    }

    @Test
    void there_is_nothing_else_of_the_application() {
      assertThat(application.getBeanProvider(BoxOffice.class).getIfAvailable()).isNull();
      assertThat(application).isNotInstanceOf(WebApplicationContext.class);
      assertThat(application.getBean(Daybook.class)).isSameAs(store.daybook());
      assertThat(application.getBean(DaybookSubscriptions.class).names())
          .containsExactlyInAnyOrder("seats", "mails");
    }

    @Nested
    class Below {
      @Test
      void a_nested_class_has_the_same_slice() throws InterruptedException {
        tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
        store.awaitAll();
        assertThat(mails.sent).containsExactly("12a");
      }
    }
  }

  @Test
  void each_test_has_the_listeners_and_a_fresh_database() {
    URLS.clear();
    requireAllPassed(LaunchedTests.run(AllListeners.class), 4);

    assertThat(URLS).hasSize(2).doesNotHaveDuplicates();
    assertThat(URLS)
        .allSatisfy(
            url ->
                assertThat(Path.of(url.substring("jdbc:sqlite:".length())).getParent())
                    .doesNotExist());
  }

  @DaybookTest(Seats.class)
  @DirtiesContext(classMode = ClassMode.AFTER_CLASS)
  static class OneListener {
    @Autowired private ApplicationContext application;
    @Autowired private Journal<Ticket> tickets;
    @Autowired private TestDaybook store;
    @Autowired private Seats seats;

    @RepeatedTest(2)
    void methods_share_what_is_there_after_the_class(RepetitionInfo repetition)
        throws InterruptedException {
      int count = repetition.getCurrentRepetition();
      tickets.append("ticket-" + count, ExpectedSeq.noStream(), SOLD);
      store.awaitAll();

      assertThat(seats.taken()).hasSize(count);
      assertThat(application.getBeanProvider(Mails.class).getIfAvailable()).isNull();
    }
  }

  @Test
  void a_test_has_the_listeners_that_it_chooses() {
    requireAllPassed(LaunchedTests.run(OneListener.class), 2);
  }

  @DaybookTest(
      value = Mails.class,
      database = Database.MEMORY,
      properties = {"daybook.wal=true", "daybook.schema=shop"})
  static class InMemory {
    @Test
    void it_is_there(
        @Autowired Journal<Ticket> tickets,
        @Autowired TestDaybook store,
        @Autowired Mails mails,
        @Autowired Environment environment)
        throws InterruptedException {
      tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
      store.awaitAll();

      assertThat(mails.sent).containsExactly("12a");
      assertThat(environment.getProperty("daybook.url")).isEqualTo(":memory:");
    }
  }

  @DaybookTest(
      value = Mails.class,
      properties = {"daybook.url=jdbc:postgresql://nowhere/app", "daybook.push=false"})
  static class OwnFile {
    @Test
    void the_database_of_the_application_is_not_touched(
        @Autowired Journal<Ticket> tickets, @Autowired TestDaybook store, @Autowired Mails mails)
        throws InterruptedException {
      tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
      store.awaitAll();

      assertThat(mails.sent).containsExactly("12a");
    }
  }

  @Test
  void the_daybook_is_in_memory_or_in_a_file_of_its_own() {
    requireAllPassed(LaunchedTests.run(InMemory.class), 1);
    requireAllPassed(LaunchedTests.run(OwnFile.class), 1);
  }

  @DaybookTest(database = Database.APPLICATION)
  static class OnServer {
    private static String url = "";

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
      properties.add("spring.datasource.url", () -> url);
    }

    @Test
    void it_is_the_one_of_the_application(
        @Autowired Journal<Ticket> tickets,
        @Autowired TestDaybook store,
        @Autowired Seats seats,
        @Autowired JdbcTemplate jdbc)
        throws InterruptedException {
      tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
      store.awaitAll();

      assertThat(seats.taken()).containsExactly("12a");
      assertThat(jdbc.queryForObject("select version()", String.class)).contains("PostgreSQL");
    }
  }

  @Test
  void the_daybook_is_where_the_application_has_it() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      OnServer.url = database.url();
      requireAllPassed(LaunchedTests.run(OnServer.class), 1);
    }
  }

  @DaybookTest
  static class InTransaction {
    @Autowired private Journal<Ticket> tickets;
    @Autowired private TestDaybook store;

    @Test
    @Transactional
    void awaiting_is_refused_and_the_append_is_rolled_back() {
      tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);

      assertThat(tickets.read(EventQuery.stream("ticket-1"))).hasSize(1);
      assertThatThrownBy(store::awaitAll)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside a transaction");
    }
  }

  @Test
  void a_transaction_around_a_test_is_rolled_back() {
    requireAllPassed(LaunchedTests.run(InTransaction.class), 1);
  }

  @DaybookTest
  static class Leaking {
    @Autowired private Journal<Ticket> tickets;

    @Test
    @SuppressWarnings("MustBeClosedChecker") // The leak.
    void leaves_a_stream_open() {
      tickets.append("ticket-1", ExpectedSeq.noStream(), SOLD);
      tickets.append("ticket-1", ExpectedSeq.any(), SOLD);
      Stream<RecordedEvent<Ticket>> left = tickets.stream(EventQuery.all());
      assertThat(left.iterator().next().seq()).isOne();
    }
  }

  @Test
  void what_a_test_leaves_open_fails_it() {
    assertThat(LaunchedTests.run(Leaking.class).get("leaves_a_stream_open()"))
        .contains("left open:")
        .contains("a stream")
        .contains("leaves_a_stream_open");
  }
}
