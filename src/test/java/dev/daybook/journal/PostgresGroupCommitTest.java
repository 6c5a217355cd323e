package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.error.ClosedException;
import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Appends that share transactions on a server: whoever was told that his events are recorded finds
 * them, whoever was refused does not, and nobody waits for another's sake.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresGroupCommitTest {

  private static final int CALLERS = 16;
  private static final int APPENDS = 40;
  private static final String UNWELCOME = "unwelcome";

  private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void who_appends_at_the_same_time_shares_statements_and_conflicts_alone() {
    ConcurrentLinkedQueue<String> statements = new ConcurrentLinkedQueue<>();
    try (Daybook daybook =
        Daybook.builder(database.pool(CALLERS)).sqlListener(statements::add).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      List<String> acknowledged = new ArrayList<>();
      AtomicInteger round = new AtomicInteger();
      Await.until(
          () -> {
            String name = "round-" + round.incrementAndGet() + "-";
            acknowledged.addAll(
                all(
                    ConcurrentRendezvous.collide(
                        CALLERS, caller -> () -> appendAnyhow(journal, name, caller))));
            return statements.stream().anyMatch(sql -> sql.contains("lock_timeout"));
          });

      assertThat(stored(journal)).containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(acknowledged).hasSize(round.get() * CALLERS * APPENDS);
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }
  }

  @Test
  void an_append_whose_stream_is_not_as_expected_is_refused_after_a_read_that_locks_nothing() {
    List<String> statements = new CopyOnWriteArrayList<>();
    try (Daybook daybook = Daybook.builder(database.pool(2)).sqlListener(statements::add).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append("active", ExpectedSeq.noStream(), json("fine"));
      journal.append("archived", ExpectedSeq.noStream(), json("fine"));
      daybook.streams().archive("archived");
      statements.clear();

      assertThatThrownBy(() -> journal.append("active", ExpectedSeq.exactly(9), json("fine")))
          .isInstanceOfSatisfying(
              ConflictException.class, conflict -> assertThat(conflict.actual()).isEqualTo(1));
      assertThatThrownBy(() -> journal.append("none", ExpectedSeq.streamExists(), json("fine")))
          .isInstanceOfSatisfying(
              ConflictException.class, conflict -> assertThat(conflict.actual()).isZero());
      assertThatThrownBy(() -> journal.append("archived", ExpectedSeq.any(), json("fine")))
          .isInstanceOf(StreamArchivedException.class);

      // The append, and the stream's row; of one that is not active, the rest of it.
      assertThat(statements).hasSize(2 + 2 + 3).noneMatch(sql -> sql.startsWith("insert"));
    }
  }

  /** So it does not matter whom a listener waits for. */
  @Test
  void all_have_their_outcomes_before_listeners_are_told() {
    try (Daybook daybook = Daybook.builder(database.pool(CALLERS)).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      Object monitor = new Object();
      List<Appended> told = new CopyOnWriteArrayList<>();
      journal.onAppend(
          appended -> {
            synchronized (monitor) {
              told.add(appended);
            }
          });

      List<Outcome<List<String>>> outcomes =
          ConcurrentRendezvous.collide(
              CALLERS, caller -> () -> appendWithin(monitor, journal, caller));

      List<String> acknowledged = all(outcomes);
      Await.until(() -> told.size() == acknowledged.size());
      assertThat(told)
          .extracting(appended -> appended.streamId() + "/" + appended.lastSeq())
          .containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  @Test
  void nobody_waits_for_a_stream_that_somebody_else_wants_and_a_third_keeps_locked()
      throws Exception {
    try (Daybook daybook = Daybook.builder(database.pool(CALLERS + 4)).build();
        Connection holder = database.dataSource().getConnection()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append("locked", ExpectedSeq.noStream(), json("first"));
      holder.setAutoCommit(false);
      run(holder, "select 1 from streams where stream_id = 'locked' for update");
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<RecordedEvent<EncodedEvent>>> waiting = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
          waiting.add(
              threads.submit(() -> journal.append("locked", ExpectedSeq.any(), json("later"))));
        }
        List<Outcome<List<String>>> outcomes =
            ConcurrentRendezvous.collide(
                CALLERS, caller -> () -> appendAnyhow(journal, "", caller));

        assertThat(all(outcomes)).hasSize(CALLERS * APPENDS);
        assertThat(waiting).noneMatch(Future::isDone);
        holder.rollback();
        List<Long> numbers = new ArrayList<>();
        for (Future<RecordedEvent<EncodedEvent>> waited : waiting) {
          numbers.add(Await.result(waited).seq());
        }
        assertThat(numbers).containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void one_whose_row_the_database_refuses_fails_alone() throws SQLException {
    try (Daybook daybook = Daybook.builder(database.pool(CALLERS)).build();
        Connection connection = database.dataSource().getConnection()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      assertThat(stored(journal)).isEmpty();
      run(
          connection,
          """
          create function refuse() returns trigger language plpgsql as
          $$ begin raise exception '% here', new.event_type; end $$;
          create trigger refusing before insert on events for each row
          when (new.event_type = 'unwelcome') execute function refuse()
          """);
      List<Outcome<List<String>>> outcomes =
          ConcurrentRendezvous.collide(
              CALLERS,
              caller ->
                  () ->
                      caller % 4 == 0
                          ? appendInVain(journal, caller)
                          : appendAnyhow(journal, "", caller));

      List<String> acknowledged = all(outcomes);
      assertThat(acknowledged).hasSize((CALLERS - CALLERS / 4) * APPENDS);
      assertThat(stored(journal)).containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }
  }

  /**
   * Without a word of the server's, or with one of its going down or of memory that ran out, nobody
   * knows what became of it, so nobody tries again.
   */
  @ParameterizedTest
  @CsvSource({
    "BEFORE_IT_IS_RUN,", "AFTER_IT_WAS_RUN,", "AFTER_IT_WAS_RUN, 08006",
    "AFTER_IT_WAS_RUN, 57P01", "AFTER_IT_WAS_RUN, 53200", "AFTER_IT_WAS_RUN, 58030"
  })
  void when_an_answer_is_lost_all_whose_it_was_are_told_so(When when, @Nullable String state) {
    FailingDataSource failing = new FailingDataSource(database.pool(CALLERS));
    try (Daybook daybook = Daybook.builder(failing).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      assertThat(stored(journal)).isEmpty();
      Set<String> acknowledged = new HashSet<>();
      Set<String> untold = new HashSet<>();
      List<Throwable> failures = new ArrayList<>();
      for (int at = 1; at <= 20; at++) {
        String round = "round-" + at + "-";
        failing.failAt(at % 5 + 1, when, state);
        List<Outcome<RecordedEvent<EncodedEvent>>> outcomes =
            ConcurrentRendezvous.collide(
                CALLERS,
                caller -> () -> journal.append(round + caller, ExpectedSeq.any(), json("fine")));
        failing.disarm();
        for (int caller = 0; caller < CALLERS; caller++) {
          Outcome<RecordedEvent<EncodedEvent>> outcome = outcomes.get(caller);
          (outcome.succeeded() ? acknowledged : untold).add(round + caller + "/1");
          if (!outcome.succeeded()) {
            failures.add(outcome.failure());
          }
        }
      }

      assertThat(failures)
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOfAny(DatabaseException.class, ConnectionLostException.class));
      List<String> stored = stored(journal);
      assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
      Set<String> more = new HashSet<>(stored);
      more.removeAll(acknowledged);
      assertThat(more).isEqualTo(when == When.AFTER_IT_WAS_RUN ? untold : Set.of());
    }
  }

  @Test
  void who_waits_while_it_is_closed_is_written_or_told_so() throws Exception {
    Daybook daybook = Daybook.builder(database.pool(CALLERS)).build();
    Journal<EncodedEvent> journal = daybook.rawJournal();
    journal.append("before", ExpectedSeq.noStream(), json("fine"));
    CompletableFuture<Void> underWay = new CompletableFuture<>();
    List<Callable<List<String>>> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      String stream = "c-" + caller;
      callers.add(() -> appendUntilClosed(journal, stream, underWay));
    }
    callers.add(
        () -> {
          Await.result(underWay);
          daybook.close();
          return List.of();
        });

    List<String> acknowledged = all(ConcurrentRendezvous.collide(callers));

    try (Daybook again = Daybook.builder(database.pool(2)).build()) {
      List<String> stored = stored(again.rawJournal());
      stored.remove("before/1");
      assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  /** By turns to a stream of its own, which it knows, and to one that it shares with others. */
  private static List<String> appendAnyhow(
      Journal<EncodedEvent> journal, String prefix, int caller) {
    List<String> acknowledged = new ArrayList<>();
    long own = 0;
    while (acknowledged.size() < APPENDS) {
      boolean shared = acknowledged.size() % 2 == 0;
      String stream = prefix + (shared ? "shared-" + caller % 3 : "own-" + caller);
      ExpectedSeq expected =
          acknowledged.size() % 4 == 0 && shared
              ? ExpectedSeq.exactly(journal.highestSeq(stream))
              : shared ? ExpectedSeq.any() : ExpectedSeq.exactly(own);
      try {
        RecordedEvent<EncodedEvent> recorded = journal.append(stream, expected, json("fine"));
        own += shared ? 0 : 1;
        acknowledged.add(number(recorded));
      } catch (ConflictException e) {
        assertThat(e.streamId()).isEqualTo(stream);
        assertThat(e.actual()).isGreaterThan(0);
      }
    }
    return acknowledged;
  }

  /** One in four callers keeps a monitor meanwhile that the listener wants. */
  private static List<String> appendWithin(
      Object monitor, Journal<EncodedEvent> journal, int caller) {
    if (caller % 4 == 0) {
      List<String> acknowledged = new ArrayList<>();
      for (int n = 0; n < APPENDS; n++) {
        synchronized (monitor) {
          acknowledged.add(
              number(journal.append("within-" + caller, ExpectedSeq.any(), json("fine"))));
        }
      }
      return acknowledged;
    }
    return appendAnyhow(journal, "", caller);
  }

  private static List<String> appendInVain(Journal<EncodedEvent> journal, int caller) {
    for (int n = 0; n < APPENDS; n++) {
      String stream = "unwelcome-" + caller + "-" + n;
      assertThatFails(() -> journal.append(stream, ExpectedSeq.noStream(), json(UNWELCOME)));
    }
    return List.of();
  }

  private static void assertThatFails(Callable<?> append) {
    try {
      append.call();
    } catch (DatabaseException e) {
      assertThat(e).hasMessageContaining("unwelcome here");
      return;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the database has taken what it refuses");
  }

  private static List<String> appendUntilClosed(
      Journal<EncodedEvent> journal, String stream, CompletableFuture<Void> underWay) {
    List<String> acknowledged = new ArrayList<>();
    while (true) {
      try {
        acknowledged.add(number(journal.append(stream, ExpectedSeq.any(), json("fine"))));
      } catch (ClosedException e) {
        return acknowledged;
      }
      if (acknowledged.size() == APPENDS / 4) {
        underWay.complete(null);
      }
    }
  }

  private static List<String> all(List<Outcome<List<String>>> outcomes) {
    List<String> all = new ArrayList<>();
    outcomes.forEach(outcome -> all.addAll(outcome.orThrow()));
    return all;
  }

  private static List<String> stored(Journal<EncodedEvent> journal) {
    List<String> stored = new ArrayList<>();
    journal.read(EventQuery.all()).forEach(event -> stored.add(number(event)));
    return stored;
  }

  private static String number(RecordedEvent<?> event) {
    return event.streamId() + "/" + event.seq();
  }

  private static EncodedEvent json(String type) {
    return EncodedEvent.json(type, "{}");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
