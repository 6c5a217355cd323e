package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose handler appends, and writes by {@code JdbcTemplate} and by JPA, in Spring's
 * transactions. It is killed four times at random, in the profile "system" twenty times, and
 * started again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledHandlerTest {

  private static final int KILLS = Scale.of(1, 20);
  private static final int EVENTS_PER_KILL = 150;
  private static final int EVENTS = EVENTS_PER_KILL * (KILLS + 1);
  private static final int MOST_UNTIL_KILL = 60;
  private static final int WRITTEN_PER_EVENT = 2;

  /** Without a key, so that an effect could be there twice. */
  private static final Table<?> ORDERS = DSL.table(DSL.name("orders"));

  private static final Field<Long> ID = DSL.field(DSL.name("id"), SQLDataType.BIGINT);

  @TempDir private Path directory;

  @Test
  void each_event_s_effects_are_there_once(TestReporter reporter) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Daybook daybook = Daybook.builder(database.pool(4)).build()) {
      DSLContext dsl = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
      dsl.createTable(ORDERS).columns(ID).execute();
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      List<NewEvent<ParcelEvent>> events = new ArrayList<>();
      for (int leg = 1; leg <= EVENTS; leg++) {
        events.add(NewEvent.of(moved(leg)));
      }
      journal.append(Append.of("in", ExpectedSeq.noStream(), events));

      List<Integer> killedAt = new ArrayList<>();
      for (int kill = 0; kill < KILLS; kill++) {
        int until =
            dsl.fetchCount(ORDERS) + 1 + random.nextInt(WRITTEN_PER_EVENT * MOST_UNTIL_KILL);
        try (JavaProcess process = start(database)) {
          Await.until(
              () -> dsl.fetchCount(ORDERS) >= until || !process.isRunning(),
              () -> dsl.fetchCount(ORDERS));
          assertThat(process.isRunning()).as(process.printed()).isTrue();
          process.kill();
        }
        killedAt.add(dsl.fetchCount(ORDERS));
      }
      try (JavaProcess last = start(database)) {
        assertThat(last.succeed()).contains("handled all");
      }

      reporter.publishEntry("killed when so many rows were there: " + killedAt);
      assertThat(dsl.select(ID).from(ORDERS).orderBy(ID).fetch(ID))
          .as("seed %s, killed at %s", seed, killedAt)
          .containsExactlyElementsOf(
              LongStream.range(WRITTEN_PER_EVENT, WRITTEN_PER_EVENT * (EVENTS + 1L))
                  .boxed()
                  .toList());
      assertThat(journal.read(EventQuery.stream("out")))
          .as("seed %s, killed at %s", seed, killedAt)
          .extracting(RecordedEvent::data)
          .containsExactlyElementsOf(events.stream().map(NewEvent::data).toList());
    }
  }

  private JavaProcess start(PostgresDatabase database) throws Exception {
    return JavaProcess.start(directory, "256m", Handling.class, database.url());
  }

  /** Handles all events, and ends. */
  static final class Handling {

    private static final Duration LEASE = Duration.ofMillis(500);
    private static final int CONNECTIONS = 6;

    private Handling() {}

    public static void main(String[] args) throws Exception {
      try (HikariDataSource pool = new HikariDataSource()) {
        pool.setJdbcUrl(args[0]);
        pool.setMaximumPoolSize(CONNECTIONS);
        try (SpringJpaHostFixture spring = new SpringJpaHostFixture(pool, SQLDialect.POSTGRES);
            Daybook daybook = Daybook.builder(pool).transactions(spring.host()).build()) {
          handleAll(daybook, spring);
        }
      }
      System.out.println("handled all");
    }

    private static void handleAll(Daybook daybook, SpringJpaHostFixture spring)
        throws InterruptedException {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      Subscriber<ParcelEvent> subscriber =
          Subscriber.of(
                  "handling",
                  journal,
                  ExactlyOnce.<ParcelEvent>each(
                      (tx, event) -> {
                        long first = WRITTEN_PER_EVENT * event.seq();
                        spring.insertOrderByJpa(first);
                        journal.append("out", ExpectedSeq.any(), event.data());
                        spring.insertOrderByJdbc(first + 1);
                      }))
              .select(EventQuery.all().inStreams("in"))
              .lease(LEASE);
      long last = journal.read(EventQuery.stream("in").newestFirst().limit(1)).get(0).position();
      try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
        Await.position(subscription, last);
      }
    }
  }
}
