package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.TransientException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/** A pool that has fewer connections than there are callers: each call needs one and no second. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresPoolTest {

  private static final int CALLERS = 8;

  @Test
  void one_connection_is_enough_for_all_who_write_and_read_by_turns() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
      pool.setConnectionTimeout(Duration.ofSeconds(20).toMillis());
      Journal<EncodedEvent> journal = daybook.rawJournal();

      List<Outcome<Integer>> outcomes =
          ConcurrentRendezvous.collide(CALLERS, caller -> () -> use(daybook, "s-" + caller));

      outcomes.forEach(Outcome::orThrow);
      assertThat(journal.stats().events()).isEqualTo(CALLERS * 4);
    }
  }

  @Test
  void what_can_not_have_all_its_connections_gives_back_those_that_it_has() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        HikariDataSource pool = database.pool(2);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
      pool.setConnectionTimeout(Duration.ofMillis(300).toMillis());
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));

      try (Stream<?> reading = journal.stream(EventQuery.all())) {
        assertThat(reading.iterator()).hasNext();
        assertThatThrownBy(() -> daybook.queries(journal).liveStreamIds("").stream().close())
            .isInstanceOf(ConnectionLostException.class);
      }

      Await.until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }
  }

  /** The end may be before rows that readers must not see yet. */
  @Test
  void a_stream_that_was_read_to_its_end_has_given_its_connection_back() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        HikariDataSource pool = database.pool(2);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).push(false).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      EncodedEvent event = EncodedEvent.json("t", "{}");
      journal.append("a", ExpectedSeq.any(), event);
      try (SteppedTransaction slow = SteppedTransaction.begin(database.dataSource())) {
        slow.run(
            transaction -> journal.within(transaction).append("slow", ExpectedSeq.any(), event));
        journal.append("b", ExpectedSeq.any(), event);

        try (Stream<?> events = journal.stream(EventQuery.all())) {
          assertThat(events.count()).isEqualTo(1);
          assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
      }
    }
  }

  @Test
  void the_drivers_own_savepoints_are_off_in_between_and_then_as_they_were() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        HikariDataSource pool = database.pool(1)) {
      pool.addDataSourceProperty("autosave", "always");
      List<AutoSave> seen = new CopyOnWriteArrayList<>();
      try (Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
        daybook.transaction(
            transaction ->
                transaction.dsl().connection(connection -> seen.add(autosave(connection))));
      }
      try (Connection connection = pool.getConnection()) {
        seen.add(autosave(connection));
      }

      assertThat(seen).containsExactly(AutoSave.NEVER, AutoSave.ALWAYS);
    }
  }

  @Test
  void a_connection_that_was_closed_is_a_lost_one_whatever_the_pool_calls_it() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        HikariDataSource pool = database.pool(2)) {
      try (Daybook daybook = Daybook.builder(new RecordingDataSource(() -> closed(pool))).build()) {
        assertThatThrownBy(daybook::schemaVersion).isInstanceOf(ConnectionLostException.class);
      }
      try (Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
        Journal<EncodedEvent> journal = daybook.rawJournal();
        assertThatThrownBy(
                () ->
                    daybook.transaction(
                        transaction -> {
                          transaction.dsl().connection(Connection::close);
                          journal
                              .within(transaction)
                              .append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
                        }))
            .isInstanceOf(ConnectionLostException.class);
      }
    }
  }

  private static Connection closed(HikariDataSource pool) throws SQLException {
    Connection connection = pool.getConnection();
    connection.close();
    return connection;
  }

  @Test
  void who_is_interrupted_while_he_waits_for_a_connection_is_told_so() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      assertThat(journal.latestPosition()).isZero();

      try (Connection taken = pool.getConnection()) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> journal.read(EventQuery.all()))
            .isInstanceOf(WaitInterruptedException.class)
            .isInstanceOf(TransientException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(taken.isValid(0)).isTrue();
      }
      assertThat(journal.read(EventQuery.all())).isEmpty();
    }
  }

  /** As one that has come to a standby. */
  @Test
  void a_connection_that_can_not_write_is_not_lent_again() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      EncodedEvent event = EncodedEvent.json("t", "{}");
      journal.append("a", ExpectedSeq.any(), event);
      run(pool, "set session characteristics as transaction read only");

      assertThatThrownBy(() -> journal.append("a", ExpectedSeq.any(), event))
          .isInstanceOf(ReadOnlyException.class);
      journal.append("a", ExpectedSeq.any(), event);

      assertThat(journal.highestSeq("a")).isEqualTo(2);
    }
  }

  @Test
  void nor_is_one_by_which_an_opening_found_that_out() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).pollInterval(Duration.ZERO).build()) {
      run(pool, "set session characteristics as transaction read only");

      assertThatThrownBy(daybook::schemaVersion).isInstanceOf(OpenException.class);

      assertThat(daybook.rawJournal().latestPosition()).isZero();
    }
  }

  private static void run(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static AutoSave autosave(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getAutosave();
  }

  private static int use(Daybook daybook, String streamId) {
    Journal<EncodedEvent> journal = daybook.rawJournal();
    NewEvent<EncodedEvent> event = NewEvent.of(EncodedEvent.json("t", "{}")).tagged("tag");
    journal.append(Append.of(streamId, ExpectedSeq.noStream(), List.of(event, event)));
    journal.append(
        Append.of(streamId, ExpectedSeq.any(), List.of(event)).withIdempotencyKey("key"));
    daybook.transaction(
        transaction ->
            journal
                .within(transaction)
                .append(Append.of(streamId, ExpectedSeq.exactly(3), List.of(event))));
    daybook.snapshots(String.class).save(streamId, 1, "state");
    assertThat(daybook.snapshots(String.class).loadLatest(streamId)).isPresent();
    daybook.checkpoints().save(streamId, 1);
    assertThat(journal.read(EventQuery.all().taggedAllOf("tag"))).isNotEmpty();
    assertThat(journal.streamIds("s-", "", CALLERS)).contains(streamId);
    assertThat(daybook.streams().status(streamId).lastSeq()).isEqualTo(4);
    try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(EventQuery.stream(streamId))) {
      assertThat(events).hasSize(4);
    }
    assertThat(journal.read(EventQuery.stream(streamId).ofTypes("t").newestFirst())).hasSize(4);
    return 4;
  }
}
