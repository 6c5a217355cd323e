package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.conformance.Await;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SilencingProxy;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A pool that is empty, a server that answers nothing, and a connection that is used again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresDeadlineTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMinutes(10);
  private static final EncodedEvent EVENT = EncodedEvent.json("t", "{}");

  private PostgresDatabase database;
  private SilencingProxy network;
  private HikariDataSource pool;
  private Daybook daybook;

  @BeforeEach
  void open() throws IOException {
    database = PostgresServer.shared().newMigratedDatabase();
    network = SilencingProxy.before(database.url());
    pool = database.pool(2);
    pool.setJdbcUrl(network.through(database.url()));
    pool.setConnectionTimeout(LATE.toMillis());
    daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).push(false).build();
    append(daybook, "s");
  }

  @AfterEach
  void close() {
    network.close();
    daybook.close();
    pool.close();
    database.close();
  }

  private static void append(Repositories repositories, String streamId) {
    repositories.rawJournal().append(streamId, ExpectedSeq.any(), EVENT);
  }

  @Test
  void an_empty_pool_is_waited_for_until_the_deadline_and_loses_no_connection() throws Exception {
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      DaybookStore bounded = daybook.withDeadline(SOON);

      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> bounded.transaction(transaction -> {}),
              () -> bounded.subscriptions().pause("c"),
              () -> bounded.subscriptions().list(),
              () -> bounded.maintenance().verify(),
              () -> bounded.maintenance().doctor(),
              () -> bounded.maintenance().fixPositions(),
              () -> bounded.maintenance().migrationScript(),
              () -> bounded.rawJournal().bulkLoad("load"))) {
        assertThatThrownBy(call)
            .isInstanceOf(DeadlineException.class)
            .hasMessageContaining("waited for a connection");
      }
      assertThatThrownBy(() -> append(bounded, "s"))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("waited for a connection");
      assertThatThrownBy(() -> bounded.rawJournal().read(EventQuery.all()))
          .isInstanceOf(DeadlineException.class);
      assertThatThrownBy(() -> bounded.checkpoints().save("c", 1))
          .isInstanceOf(DeadlineException.class);
      assertThat(List.of(one, other)).allMatch(PostgresDeadlineTest::isValid);
    }

    Await.until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    append(daybook, "s");
    assertThat(daybook.rawJournal().highestSeq("s")).isEqualTo(2);
  }

  @Test
  void an_interrupt_ends_the_wait_for_an_empty_pool() throws Exception {
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      for (Repositories repositories : List.of(daybook, daybook.withDeadline(LATE))) {
        boolean[] interrupted = new boolean[1];
        FutureTask<Throwable> call =
            new FutureTask<>(
                () -> {
                  Throwable failure = catchThrowable(() -> append(repositories, "s"));
                  interrupted[0] = Thread.interrupted();
                  return failure;
                });
        Thread thread = new Thread(call);
        thread.start();
        Await.until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);

        thread.interrupt();

        assertThat(call.get()).isInstanceOf(WaitInterruptedException.class);
        assertThat(interrupted[0]).isTrue();
        Await.until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
      }
      assertThat(List.of(one, other)).allMatch(PostgresDeadlineTest::isValid);
    }
    assertThat(daybook.rawJournal().highestSeq("s")).isEqualTo(1);
  }

  @Test
  void a_cancelled_statement_leaves_its_connection_in_the_pool() throws Exception {
    pool.setMaximumPoolSize(1);
    int before = backend();
    try (SteppedTransaction locking = SteppedTransaction.begin(database.dataSource())) {
      locking.run(
          transaction ->
              daybook.rawJournal().within(transaction).append("s", ExpectedSeq.any(), EVENT));

      assertThatThrownBy(() -> append(daybook.withDeadline(SOON), "s"))
          .isInstanceOf(DeadlineException.class);
      assertThatThrownBy(
              () ->
                  daybook
                      .withDeadline(SOON)
                      .rawJournal()
                      .appendAll(
                          List.of(
                              Append.of("s", ExpectedSeq.any(), EVENT),
                              Append.of("other", ExpectedSeq.any(), EVENT))))
          .isInstanceOf(DeadlineException.class);
    }

    assertThat(backend()).isEqualTo(before);
    assertThat(daybook.rawJournal().highestSeq("s")).isEqualTo(1);
    assertThat(daybook.rawJournal().highestSeq("other")).isZero();
  }

  @Test
  void callers_whose_leader_runs_out_of_time_are_written_all_the_same() throws Exception {
    try (SteppedTransaction locking = SteppedTransaction.begin(database.dataSource())) {
      locking.run(
          transaction ->
              daybook.rawJournal().within(transaction).append("s", ExpectedSeq.any(), EVENT));
      List<FutureTask<Throwable>> shortOnes =
          Collections.nCopies(4, "s").stream()
              .map(streamId -> started(() -> append(daybook.withDeadline(SOON), streamId)))
              .toList();
      List<FutureTask<Throwable>> others =
          IntStream.range(0, 4).mapToObj(n -> started(() -> append(daybook, "free-" + n))).toList();

      for (FutureTask<Throwable> each : others) {
        assertThat(each.get()).isNull();
      }
      for (FutureTask<Throwable> each : shortOnes) {
        assertThat(each.get()).isInstanceOf(DeadlineException.class);
      }
    }
    assertThat(daybook.rawJournal().highestSeq("s")).isEqualTo(1);
  }

  private static FutureTask<Throwable> started(ThrowingCallable call) {
    FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(call));
    new Thread(task).start();
    return task;
  }

  @Test
  void a_write_that_the_server_does_not_answer_has_an_unknown_outcome() {
    network.goSilent();

    assertThatThrownBy(() -> append(daybook.withDeadline(SOON), "s"))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("PT0.05S");
  }

  @Test
  void so_has_one_of_several_statements_only_once_it_commits() {
    network.goSilent();

    assertThatThrownBy(() -> daybook.withDeadline(SOON).streams().archive("s"))
        .isInstanceOf(DeadlineException.class);
  }

  @Test
  void a_transaction_that_the_server_does_not_answer_ends() {
    assertThatThrownBy(
            () ->
                daybook
                    .withDeadline(SOON.multipliedBy(20))
                    .transaction(
                        transaction -> {
                          DSL.using(transaction).execute("select 1");
                          network.goSilent();
                          DSL.using(transaction).execute("select 2");
                        }))
        .isInstanceOf(DeadlineException.class);
  }

  @Test
  void a_commit_of_a_transaction_that_the_server_does_not_answer_has_an_unknown_outcome() {
    assertThatThrownBy(
            () ->
                daybook
                    .withDeadline(SOON.multipliedBy(20))
                    .transaction(
                        transaction -> {
                          append(daybook.within(transaction), "s");
                          network.goSilent();
                        }))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void management_that_the_server_does_not_answer_ends() {
    network.goSilent();
    DaybookStore bounded = daybook.withDeadline(SOON);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> bounded.subscriptions().list(),
            () -> bounded.maintenance().verify(),
            () -> bounded.maintenance().migrationScript(),
            () -> bounded.maintenance().fixPositions(),
            () -> copyOut(bounded))) {
      assertThatThrownBy(call).isInstanceOf(DeadlineException.class);
    }
  }

  private static void copyOut(DaybookStore bounded) {
    try (Daybook target = Daybook.inMemory()) {
      bounded.copyTo(target);
    }
  }

  @Test
  void a_read_that_the_server_does_not_answer_ends() {
    network.goSilent();

    assertThatThrownBy(() -> daybook.withDeadline(SOON).rawJournal().read(EventQuery.all()))
        .isInstanceOf(DeadlineException.class);
  }

  @Test
  void so_does_a_stream_that_is_read() {
    NewEvent<EncodedEvent> event =
        NewEvent.of(EncodedEvent.json("t", "\"" + "x".repeat(10_000) + "\""));
    daybook
        .rawJournal()
        .append(Append.of("long", ExpectedSeq.any(), Collections.nCopies(3_000, event)));

    try (Stream<?> events =
        daybook.withDeadline(SOON.multipliedBy(20)).rawJournal().stream(
            EventQuery.stream("long"))) {
      Iterator<?> iterator = events.iterator();
      assertThat(iterator.hasNext()).isTrue();
      network.goSilent();

      assertThatThrownBy(() -> iterator.forEachRemaining(each -> {}))
          .isInstanceOf(DeadlineException.class);
    }
  }

  @Test
  void an_opening_that_the_server_does_not_answer_is_left() {
    try (Daybook another = Daybook.builder(pool).push(false).build()) {
      network.goSilent();

      assertThatThrownBy(() -> another.withDeadline(SOON).rawJournal().latestPosition())
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("the opening of the database");
    }
  }

  private int backend() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }
}
