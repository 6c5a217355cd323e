package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.fixture.TransactionPool;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are set up otherwise, or have something in front of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresServersTest {

  private static final int WRITERS = 8;
  private static final int APPENDS = 25;
  private static final int SESSIONS = 6;

  private final PostgresDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"repeatable read", "serializable"})
  void appends_that_get_in_each_others_way_are_tried_again_by_themselves(String isolation)
      throws SQLException {
    isolate(isolation);
    try (Daybook daybook = Daybook.builder(database.pool(WRITERS + 2)).build()) {
      writeAndFollow(daybook);
      daybook.subscriptions().reset("follower", StartFrom.end());
      assertThat(daybook.subscriptions().find("follower"))
          .hasValueSatisfying(found -> assertThat(found.lagEvents()).isZero());
      assertThat(daybook.documents().currentMeta("none")).isEmpty();
    }
  }

  /** Otherwise a transaction could not write what another one has written since it began. */
  @ParameterizedTest
  @ValueSource(strings = {"repeatable read", "serializable"})
  void a_transaction_of_daybooks_own_writes_what_was_written_meanwhile(String isolation)
      throws Exception {
    isolate(isolation);
    try (Daybook daybook = Daybook.builder(database.pool(WRITERS)).build()) {
      daybook.checkpoints().save("c", 1);
      daybook.transaction(
          transaction -> {
            assertThat(daybook.within(transaction).checkpoints().load("c")).isPresent();
            CompletableFuture.runAsync(() -> daybook.checkpoints().save("c", 2)).join();
            daybook.within(transaction).checkpoints().save("c", 3);
          });

      assertThat(daybook.checkpoints().load("c").orElseThrow().position()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"repeatable read", "serializable"})
  void of_two_first_openings_at_once_one_migrates_and_the_other_finds_it_done(String isolation)
      throws SQLException {
    isolate(isolation);

    ConcurrentRendezvous.collide(
            2,
            opening ->
                () -> {
                  try (Daybook daybook = Daybook.open(database.url())) {
                    return daybook.schemaVersion();
                  }
                })
        .forEach(ConcurrentRendezvous.Outcome::orThrow);
  }

  @Test
  void behind_a_proxy_that_pools_transactions_everything_works_without_push() throws SQLException {
    try (TransactionPool proxy = new TransactionPool(database.dataSource(), SESSIONS);
        Daybook daybook =
            Daybook.builder(new RecordingDataSource(proxy::connect)).push(false).build()) {
      writeAndFollow(daybook);
    }
  }

  /** Several writers of one stream and of their own, and a subscriber that follows them. */
  private static void writeAndFollow(Daybook daybook) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    List<RecordedEvent<ParcelEvent>> followed = new CopyOnWriteArrayList<>();
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(Subscriber.of("follower", journal, AtLeastOnce.each(followed::add)))) {
      List<ConcurrentRendezvous.Outcome<Integer>> outcomes =
          ConcurrentRendezvous.collide(
              WRITERS,
              writer ->
                  () -> {
                    for (int i = 0; i < APPENDS; i++) {
                      journal.append("shared", ExpectedSeq.any(), ParcelEvent.moved(i));
                      journal.append("own-" + writer, ExpectedSeq.exactly(i), ParcelEvent.moved(i));
                    }
                    return writer;
                  });

      assertThat(outcomes).allMatch(outcome -> outcome.failure() == null);
      Await.position(subscription, journal.latestPosition());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }

    assertThat(journal.read(EventQuery.stream("shared")))
        .extracting(RecordedEvent::seq)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) WRITERS * APPENDS).boxed().toList());
    assertThat(followed).isEqualTo(journal.read(EventQuery.all())).hasSize(2 * WRITERS * APPENDS);
  }

  private void isolate(String isolation) throws SQLException {
    execute(
        "alter database %s set default_transaction_isolation = '%s'".formatted(name(), isolation));
  }

  private String name() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return connection.getCatalog();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
