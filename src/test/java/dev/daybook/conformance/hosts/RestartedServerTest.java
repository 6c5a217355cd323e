package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.Heard;
import dev.daybook.conformance.Orders;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.ConnectionLostException;
import dev.daybook.fixture.CrashingServer;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.TransactionalHandler;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that is killed and started again between the transactions of an application, inside one,
 * and before the commit of one. What was acknowledged is there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartedServerTest {

  private static final int CONNECTIONS = 8;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Orders ORDERS = new Orders(SQLDialect.POSTGRES);

  @TempDir private static Path directory;
  private static CrashingServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = CrashingServer.start(directory);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  static Stream<Named<HostFixture.Maker>> hosts() {
    return Stream.of(
        Named.of("by hand", ThreadHostFixture::new),
        Named.of("Spring", SpringHostFixture::new),
        Named.of("Spring with JPA", SpringJpaHostFixture::new),
        Named.of("JTA", JtaHostFixture::new));
  }

  private static void restart() throws Exception {
    server.kill();
    server.restart();
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void what_was_acknowledged_is_there(HostFixture.Maker hosts) throws Exception {
    try (PostgresDatabase database = server.newDatabase();
        HikariDataSource pool = database.pool(CONNECTIONS);
        HostFixture host = hosts.on(pool, SQLDialect.POSTGRES);
        Daybook daybook =
            Daybook.builder(database.pool(CONNECTIONS)).transactions(host.host()).build()) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      assertThatAcknowledgedIsThere(
          database,
          daybook,
          new OfHost(host, daybook, journal),
          (tx, event) -> journal.append("copied", ExpectedSeq.any(), event.data()));
    }
  }

  @Test
  void what_was_acknowledged_on_a_connection_of_the_application_s_is_there() throws Exception {
    try (PostgresDatabase database = server.newDatabase();
        HikariDataSource pool = database.pool(CONNECTIONS);
        Daybook daybook = Daybook.builder(database.pool(CONNECTIONS)).build()) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      assertThatAcknowledgedIsThere(
          database,
          daybook,
          new OfConnections(new JoiningApplication(pool, daybook)),
          (tx, event) -> journal.within(tx).append("copied", ExpectedSeq.any(), event.data()));
    }
  }

  private static void assertThatAcknowledgedIsThere(
      PostgresDatabase database,
      Daybook daybook,
      Transactions transactions,
      TransactionalHandler<ParcelEvent> copying)
      throws Exception {
    DSLContext dsl = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    dsl.transaction(ORDERS::create);
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    Heard heard = new Heard();
    journal.onAppend(heard);
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(
                Subscriber.of("copying", journal, ExactlyOnce.each(copying))
                    .select(EventQuery.all().inStreams("in"))
                    .lease(LEASE))) {
      transactions.succeed(2);
      restart();
      transactions.succeed(3);
      transactions.failInside();
      transactions.succeed(4);
      transactions.failBeforeTheCommit();
      transactions.succeed(5);
      Await.position(subscription, journal.latestPosition());
    }

    assertThat(ORDERS.all(dsl.configuration())).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(legs(journal, "in")).containsExactly(2, 3, 4, 5);
    assertThat(legs(journal, "copied")).containsExactly(2, 3, 4, 5);
    assertThat(heard.all(journal))
        .filteredOn(appended -> appended.streamId().equals("in"))
        .extracting(Appended::firstSeq)
        .containsExactly(1L, 2L, 3L, 4L);
  }

  private static List<Integer> legs(Journal<ParcelEvent> journal, String streamId) {
    return journal.read(EventQuery.stream(streamId)).stream()
        .map(RecordedEvent::data)
        .map(event -> ((ParcelEvent.Moved) event).leg())
        .toList();
  }

  /** Writes an event and an order of this number in a transaction. */
  @FunctionalInterface
  private interface Write {

    void of(int id) throws Exception;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  private interface Code {

    void run(Write write) throws Exception;
  }

  /** The transactions of an application. */
  private interface Transactions {

    void run(Code code) throws Exception;

    /** Tries until the pool has connections again that lead somewhere. */
    default void succeed(int id) {
      Await.until(() -> hasSucceeded(id));
    }

    private boolean hasSucceeded(int id) {
      try {
        run(write -> write.of(id));
        return true;
      } catch (Exception e) {
        return false;
      }
    }

    default void failInside() {
      assertThatThrownBy(
              () ->
                  run(
                      write -> {
                        write.of(77);
                        restart();
                        write.of(78);
                      }))
          .isInstanceOf(RuntimeException.class);
    }

    void failBeforeTheCommit();
  }

  /** Those of a host. */
  private record OfHost(HostFixture host, Daybook daybook, Journal<ParcelEvent> journal)
      implements Transactions {

    private void write(int id) {
      journal.append("in", ExpectedSeq.any(), moved(id));
      host.insertOrder(id);
    }

    @Override
    public void run(Code code) {
      host.inTransaction(() -> code.run(this::write));
    }

    @Override
    public void failBeforeTheCommit() {
      assertThatThrownBy(
              () ->
                  daybook.transaction(
                      tx -> {
                        write(79);
                        restart();
                      }))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  /** Those on connections of the application's own. */
  private record OfConnections(JoiningApplication application) implements Transactions {

    @Override
    public void run(Code code) throws Exception {
      application.inTransaction(
          (joined, connection) ->
              code.run(
                  id -> {
                    joined.journal(ParcelEvent.class).append("in", ExpectedSeq.any(), moved(id));
                    ORDERS.insert(joined.configuration(), id);
                  }));
    }

    @Override
    public void failBeforeTheCommit() {
      assertThatThrownBy(
              () ->
                  run(
                      write -> {
                        write.of(79);
                        restart();
                      }))
          .isInstanceOf(SQLException.class);
    }
  }
}
