package dev.daybook;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.OpenException;
import dev.daybook.error.StandbyException;
import dev.daybook.fixture.EachRead;
import dev.daybook.fixture.PrimaryAndStandby;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A primary, and a standby that is behind it. Something between them and the application leads some
 * of its connections to the standby.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresStandbyTest {

  private static final int MOST_CONNECTIONS = 2;

  @TempDir private static Path directory;
  private static PrimaryAndStandby servers;

  /** Which connections, by their numbers, go to the standby. */
  private volatile IntPredicate strays = number -> false;

  private final AtomicInteger connections = new AtomicInteger();

  @BeforeAll
  static void startServers() throws Exception {
    servers = PrimaryAndStandby.start(directory);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.close();
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void a_read_that_is_led_to_a_standby_is_refused(EachRead read) {
    try (Daybook daybook = open()) {
      journal(daybook).append("kept", ExpectedSeq.any(), moved(1));
      read.by(daybook);
      servers.catchUp();

      strays = number -> true;
      assertThatThrownBy(() -> read.by(daybook))
          .isInstanceOf(StandbyException.class)
          .hasMessageContaining("is a standby")
          .hasMessageContaining("targetServerType=primary");

      strays = number -> false;
      assertThat(read.by(daybook)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void a_read_is_refused_if_one_of_its_connections_is_led_to_a_standby(EachRead read)
      throws Exception {
    servers.holdBack();
    try (Daybook daybook = open()) {
      journal(daybook).append("kept", ExpectedSeq.any(), moved(1));
      Object expected = read.by(daybook);
      for (int i = 0; i < MOST_CONNECTIONS; i++) {
        int straying = connections.get() + i;
        strays = number -> number == straying;
        Object found;
        try {
          found = read.by(daybook);
        } catch (StandbyException e) {
          found = expected;
        }
        assertThat(found).as("connection %s", i).isEqualTo(expected);
      }
    }
    servers.catchUp();
  }

  @Test
  @Order(3)
  void a_url_that_names_both_leads_to_the_primary() {
    String both =
        "jdbc:postgresql://localhost:%s,localhost:%s/postgres?user=postgres"
            .formatted(servers.standbyPort(), servers.primaryPort());
    try (Daybook daybook = Daybook.open(both)) {
      assertThat(append(journal(daybook), "by-url").seq()).isEqualTo(1);
    }
    assertThatThrownBy(
            () -> Daybook.open(both + "&targetServerType=secondary").rawJournal().latestPosition())
        .isInstanceOf(OpenException.class);
  }

  @Test
  @Order(4)
  void an_event_is_not_given_up_because_its_handler_was_led_to_a_standby() throws Exception {
    List<Long> handled = new CopyOnWriteArrayList<>();
    try (Daybook daybook = open()) {
      Journal<ParcelEvent> journal = journal(daybook);
      Set<Long> astray = ConcurrentHashMap.newKeySet();
      List<Long> appended =
          Stream.generate(() -> append(journal, "read-by-handler").position()).limit(3).toList();
      try (Subscription following =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of(
                          "reading",
                          journal,
                          AtLeastOnce.each(
                              event -> {
                                Thread handling = Thread.currentThread();
                                strays =
                                    number ->
                                        Thread.currentThread() == handling
                                            && astray.add(event.position());
                                if (event.seq() == 1) {
                                  journal.highestSeq(event.streamId());
                                } else {
                                  append(journal, "written-by-handler");
                                }
                                handled.add(event.position());
                              }))
                      .select(EventQuery.stream("read-by-handler"))
                      .onFailure(OnFailure.skip().withoutRetries()))) {
        Await.position(following, appended.get(2));
      }
      assertThat(handled).containsExactlyElementsOf(appended);
      assertThat(astray).as("each was led astray once").hasSize(appended.size());
      assertThat(journal.highestSeq("written-by-handler")).isEqualTo(2);
    } finally {
      strays = number -> false;
    }
  }

  @Test
  @Order(5)
  void a_follower_goes_on_after_the_standby_was_promoted() throws Exception {
    List<Long> followed = new CopyOnWriteArrayList<>();
    try (Daybook daybook = open()) {
      Journal<ParcelEvent> journal = journal(daybook);
      try (Subscription following =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of(
                      "promoted",
                      journal,
                      AtLeastOnce.each(event -> followed.add(event.position()))))) {
        IntStream.range(0, 50).forEach(i -> append(journal, "before"));
        servers.catchUp();
        strays = number -> true;
        servers.promote();
        IntStream.range(0, 50).forEach(i -> untilItCan(() -> append(journal, "after")));
        Await.position(following, journal.latestPosition());
      }

      assertThat(followed)
          .doesNotHaveDuplicates()
          .containsExactlyElementsOf(
              journal.read(EventQuery.all()).stream().map(RecordedEvent::position).toList());
    }
  }

  private Daybook open() {
    return Daybook.builder(new RecordingDataSource(this::connect)).push(false).build();
  }

  private Connection connect() throws SQLException {
    return strays.test(connections.getAndIncrement())
        ? servers.standby().getConnection()
        : servers.primary().getConnection();
  }

  private static Journal<ParcelEvent> journal(Daybook daybook) {
    return daybook.journal(ParcelEvent.class);
  }

  private static RecordedEvent<ParcelEvent> append(Journal<ParcelEvent> journal, String streamId) {
    return journal.append(streamId, ExpectedSeq.any(), moved(1));
  }

  /** Writes are refused by a standby as a matter of course. */
  private static void untilItCan(Runnable append) {
    boolean done = false;
    while (!done) {
      try {
        append.run();
        done = true;
      } catch (OpenException | StandbyException e) {
        done = false;
      }
    }
  }
}
