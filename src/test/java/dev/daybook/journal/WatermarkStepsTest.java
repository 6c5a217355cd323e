package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The statement that finds the watermark has two steps: the last position that was drawn, and then
 * the locks. Here it stops before or after the second one, because its database has a view in the
 * place of the server's own, and the test says when it goes on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatermarkStepsTest {

  private static final int KEY = 42;

  /** When it stops. */
  enum Stop {
    BEFORE_THE_LOCKS,
    AFTER_THE_LOCKS
  }

  /** How events are read. */
  enum Reading {
    AS_A_LIST {
      @Override
      List<Long> positions(Journal<ParcelEvent> journal, long after) {
        return journal.read(EventQuery.all().after(after)).stream()
            .map(RecordedEvent::position)
            .toList();
      }
    },
    ONE_BY_ONE {
      @Override
      List<Long> positions(Journal<ParcelEvent> journal, long after) {
        try (Stream<RecordedEvent<ParcelEvent>> events =
            journal.stream(EventQuery.all().after(after))) {
          return events.map(RecordedEvent::position).toList();
        }
      }
    };

    abstract List<Long> positions(Journal<ParcelEvent> journal, long after);
  }

  @ParameterizedTest
  @MethodSource("stopsAndReadings")
  void what_begins_and_commits_between_the_steps_is_not_missed(Stop stop, Reading reading)
      throws Exception {
    try (PostgresDatabase database = databaseWithView(stop);
        Daybook daybook = Daybook.builder(database.pool(5)).build();
        SteppedTransaction stopping = SteppedTransaction.begin(database.dataSource());
        SteppedTransaction slow = SteppedTransaction.begin(database.dataSource())) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      long first = append(journal, "before");
      stopping.run(tx -> tx.dsl().fetch("select pg_advisory_lock({0})::text", DSL.inline(KEY)));
      CompletableFuture<List<Long>> begun =
          CompletableFuture.supplyAsync(() -> reading.positions(journal, 0));
      awaitStopped(DSL.using(database.dataSource(), SQLDialect.POSTGRES));

      long held = slow.run(tx -> append(journal.within(tx), "slow"));
      long last = append(journal, "fast");
      stopping.run(tx -> tx.dsl().fetch("select pg_advisory_unlock({0})::text", DSL.inline(KEY)));
      List<Long> read = new ArrayList<>(SteppedTransaction.await(begun));
      slow.commit();
      read.addAll(reading.positions(journal, read.get(read.size() - 1)));

      assertThat(read).containsExactly(first, held, last);
    }
  }

  /** By then the watermark is behind it, and the state that an older snapshot sees is before it. */
  @ParameterizedTest
  @MethodSource("isolationsAndReadings")
  void what_commits_before_the_locks_are_looked_at_is_read(String isolation, Reading reading)
      throws Exception {
    try (PostgresDatabase database = databaseWithView(Stop.BEFORE_THE_LOCKS)) {
      isolate(database, isolation);
      try (Daybook daybook = Daybook.builder(database.pool(5)).build();
          SteppedTransaction stopping = SteppedTransaction.begin(database.dataSource());
          SteppedTransaction slow = SteppedTransaction.begin(database.dataSource())) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        long first = append(journal, "before");
        long committed = slow.run(tx -> append(journal.within(tx), "slow"));
        stopping.run(tx -> tx.dsl().fetch("select pg_advisory_lock({0})::text", DSL.inline(KEY)));
        CompletableFuture<List<Long>> begun =
            CompletableFuture.supplyAsync(() -> reading.positions(journal, 0));
        awaitStopped(DSL.using(database.dataSource(), SQLDialect.POSTGRES));
        slow.commit();
        stopping.run(tx -> tx.dsl().fetch("select pg_advisory_unlock({0})::text", DSL.inline(KEY)));

        assertThat(SteppedTransaction.await(begun)).containsExactly(first, committed);
      }
    }
  }

  static Stream<Arguments> stopsAndReadings() {
    return Stream.of(Stop.values())
        .flatMap(stop -> Stream.of(Reading.values()).map(reading -> arguments(stop, reading)));
  }

  static Stream<Arguments> isolationsAndReadings() {
    return Stream.of("read committed", "repeatable read", "serializable")
        .flatMap(level -> Stream.of(Reading.values()).map(reading -> arguments(level, reading)));
  }

  private static void isolate(PostgresDatabase database, String isolation) {
    DSL.using(database.dataSource(), SQLDialect.POSTGRES)
        .execute(
            "do 'begin execute format(''alter database %I set default_transaction_isolation = %L'', current_database(), ''"
                + isolation
                + "''); end'");
  }

  /** Names are looked up in the application's schema before the server's own. */
  private static PostgresDatabase databaseWithView(Stop stop) {
    PostgresDatabase database = PostgresServer.shared().newDatabase();
    DSLContext owner = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    String wait =
        "perform pg_advisory_lock(%1$d); perform pg_advisory_unlock(%1$d);".formatted(KEY);
    String look = "return query select * from pg_catalog.pg_locks;";
    owner.execute(
        "create function stopping_locks() returns setof pg_catalog.pg_locks language plpgsql as "
            + DSL.inline(
                "begin " + (stop == Stop.BEFORE_THE_LOCKS ? wait + look : look + wait) + " end"));
    owner.execute("create view public.pg_locks as select * from stopping_locks()");
    owner.execute(
        "do 'begin execute format(''alter database %I set search_path = public, pg_catalog'', current_database()); end'");
    return database;
  }

  private static void awaitStopped(DSLContext owner) {
    Await.until(
        () ->
            owner
                .fetch(
                    "select from pg_catalog.pg_locks where locktype = 'advisory' and not granted")
                .isNotEmpty());
  }

  private static long append(Journal<ParcelEvent> journal, String streamId) {
    return journal.append(streamId, ExpectedSeq.any(), moved(1)).position();
  }
}
