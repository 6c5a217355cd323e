package dev.daybook;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.OpenException;
import dev.daybook.error.StandbyException;
import dev.daybook.fixture.EachRead;
import dev.daybook.fixture.MixedOperations;
import dev.daybook.fixture.Pgpool;
import dev.daybook.fixture.PrimaryAndStandby;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Pgpool-II as Debian has it, which balances the load between a primary and a standby. The standby
 * has the tables, and gets nothing of what follows: whoever reads there misses it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("system")
class PgpoolTest {

  private static final int APPENDERS = 16;
  private static final int APPENDS = 20;

  @TempDir private static Path servers;
  private static PrimaryAndStandby pair;

  @TempDir private Path directory;

  /** What balances the load in another way than by default, and is right about functions. */
  enum Balancing {
    FOR_A_SESSION("statement_level_load_balance = off"),
    FOR_EACH_STATEMENT("statement_level_load_balance = on"),
    IN_TRANSACTIONS_THAT_WRITE("disable_load_balance_on_write = 'off'"),
    NOT_FOR_THIS_DATABASE("database_redirect_preference_list = 'postgres:primary'");

    final String line;

    Balancing(String line) {
      this.line = line;
    }
  }

  /** Says that no function writes, so that each statement that only reads may go to the standby. */
  private static final String MISTAKEN = "read_only_function_list = '.*'";

  @BeforeAll
  static void startServers() throws Exception {
    pair = PrimaryAndStandby.start(servers);
    try (Daybook daybook = Daybook.open(pair.primary())) {
      append(daybook, "kept");
    }
    pair.catchUp();
  }

  @AfterAll
  static void stopServers() throws Exception {
    pair.close();
  }

  @BeforeEach
  void holdBack() {
    pair.holdBack();
  }

  @AfterEach
  void catchUp() {
    pair.catchUp();
  }

  @ParameterizedTest
  @EnumSource
  void each_read_is_answered_by_the_primary(Balancing balancing) throws Exception {
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory, balancing.line);
        Daybook behind = Daybook.open(proxy.url());
        Daybook direct = Daybook.open(pair.primary())) {
      append(direct, "kept");
      for (EachRead read : EachRead.values()) {
        assertThat(read.by(behind)).as(read.name()).isEqualTo(read.by(direct));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everything_is_as_without_a_proxy(Balancing balancing) throws Exception {
    String name = balancing.name();
    String expected;
    try (Daybook direct = Daybook.open(pair.primary())) {
      expected = MixedOperations.run(direct, name + ": ").replace(name + ": ", "");
    }
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory, balancing.line);
        Daybook behind = Daybook.open(proxy.url())) {
      assertThat(MixedOperations.run(behind, name + " behind: ").replace(name + " behind: ", ""))
          .isEqualTo(expected);
    }
  }

  @Test
  void a_store_that_would_be_asked_of_the_standby_is_not_opened() throws Exception {
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory, MISTAKEN)) {
      requireRefused(Daybook.open(proxy.url()), OpenException.Reason.UNREACHABLE);
      requireRefused(
          Daybook.open(proxy.url() + "&targetServerType=any"), OpenException.Reason.READ_ONLY);
      requireRefused(Daybook.open(dataSource(proxy)), OpenException.Reason.READ_ONLY);
    }
  }

  private static void requireRefused(Daybook daybook, OpenException.Reason reason) {
    try (daybook) {
      assertThatThrownBy(daybook::schemaVersion)
          .isInstanceOf(OpenException.class)
          .hasMessageContaining("is a standby")
          .extracting(failure -> ((OpenException) failure).reason())
          .isEqualTo(reason);
    }
  }

  @Test
  void each_read_that_goes_to_the_standby_is_refused_by_name() throws Exception {
    AtomicReference<DataSource> source = new AtomicReference<>(pair.primary());
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory, MISTAKEN);
        Daybook daybook = open(source)) {
      append(daybook, "kept");
      source.set(dataSource(proxy));
      for (EachRead read : EachRead.values()) {
        assertThatThrownBy(() -> read.by(daybook))
            .as(read.name())
            .isInstanceOf(StandbyException.class)
            .hasMessageContaining("is a standby");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void subscriptions_reach_every_event(Balancing balancing) throws Exception {
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory, balancing.line)) {
      subscriptionsReachEveryEvent(balancing.name(), Daybook.open(proxy.url()));
    }
  }

  private void subscriptionsReachEveryEvent(String name, Daybook closed) throws Exception {
    Set<Long> eachHandled = ConcurrentHashMap.newKeySet();
    Set<Long> onLanesHandled = ConcurrentHashMap.newKeySet();
    try (Daybook daybook = closed;
        Subscription once =
            daybook
                .subscriptions()
                .start(
                    following(
                        daybook,
                        name + " once",
                        name,
                        ExactlyOnce.each(
                            (transaction, event) ->
                                daybook
                                    .within(transaction)
                                    .journal(ParcelEvent.class)
                                    .append("handled-" + name, ExpectedSeq.any(), event.data()))));
        Subscription each =
            daybook
                .subscriptions()
                .start(
                    following(
                        daybook,
                        name + " each",
                        name,
                        AtLeastOnce.each(event -> eachHandled.add(event.position()))));
        Subscription onLanes =
            daybook
                .subscriptions()
                .start(
                    following(
                            daybook,
                            name + " on lanes",
                            name,
                            AtLeastOnce.each(event -> onLanesHandled.add(event.position())))
                        .partitions(3))) {
      Set<Long> appended =
          ConcurrentRendezvous.collide(
                  APPENDERS,
                  thread ->
                      () -> {
                        Set<Long> positions = ConcurrentHashMap.newKeySet();
                        for (int i = 0; i < APPENDS; i++) {
                          String streamId = "appended-%s-%d".formatted(name, thread);
                          positions.add(append(daybook, streamId).position());
                        }
                        return positions;
                      })
              .stream()
              .flatMap(outcome -> outcome.orThrow().stream())
              .collect(Collectors.toSet());
      assertThat(appended).hasSize(APPENDERS * APPENDS);

      Await.until(() -> eachHandled.size() >= appended.size(), eachHandled::size);
      Await.until(() -> onLanesHandled.size() >= appended.size(), onLanesHandled::size);
      Await.until(
          () -> handledOnce(name).size() >= appended.size(), () -> handledOnce(name).size());
      assertThat(eachHandled).isEqualTo(appended);
      assertThat(onLanesHandled).isEqualTo(appended);
      assertThat(List.of(once.state(), each.state(), onLanes.state()))
          .doesNotContain(SubscriptionState.FAILED);
    }
    assertThat(handledOnce(name)).hasSize(APPENDERS * APPENDS);
    assertThat(direct(EventQuery.all().inStreams("appended-" + name))).hasSize(APPENDERS * APPENDS);
  }

  private static Subscriber<ParcelEvent> following(
      Daybook daybook, String subscription, String name, Delivery<ParcelEvent> delivery) {
    return Subscriber.of(subscription, daybook.journal(ParcelEvent.class), delivery)
        .select(EventQuery.all().inStreams("appended-" + name));
  }

  private static List<RecordedEvent<ParcelEvent>> handledOnce(String name) {
    return direct(EventQuery.stream("handled-" + name));
  }

  private static List<RecordedEvent<ParcelEvent>> direct(EventQuery query) {
    try (Daybook direct = Daybook.builder(pair.primary()).push(false).build()) {
      return direct.journal(ParcelEvent.class).read(query);
    }
  }

  @Test
  void push_works() throws Exception {
    try (Pgpool proxy = Pgpool.readingFromStandby(pair, directory);
        Daybook told =
            Daybook.builder(proxy.url()).push(true).pollInterval(Duration.ofHours(1)).build();
        Daybook teller = Daybook.builder(proxy.url()).push(true).build()) {
      Set<Long> heard = ConcurrentHashMap.newKeySet();
      try (Subscription following =
          told.subscriptions()
              .start(
                  Subscriber.of(
                          "told",
                          told.journal(ParcelEvent.class),
                          AtLeastOnce.each(event -> heard.add(event.position())))
                      .select(EventQuery.stream("pushed")))) {
        Await.state(following, SubscriptionState.LIVE);
        for (int i = 0; i < 3; i++) {
          long position = append(teller, "pushed").position();
          Await.until(() -> heard.contains(position));
        }
      }
    }
  }

  private static Daybook open(AtomicReference<DataSource> source) {
    return Daybook.builder(
            new RecordingDataSource(() -> Objects.requireNonNull(source.get()).getConnection()))
        .push(false)
        .build();
  }

  private static DataSource dataSource(Pgpool proxy) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(proxy.url());
    return dataSource;
  }

  private static RecordedEvent<ParcelEvent> append(Daybook daybook, String streamId) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    return journal.append(streamId, ExpectedSeq.any(), moved(1));
  }
}
