package dev.daybook;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.JournalRolledBackException;
import dev.daybook.fixture.PrimaryAndStandby;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.EventHandler;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A standby that has lost its primary's last events is promoted, and the application is led to it.
 * It is at most 32 positions ahead of what it has: that is how far a primary writes its sequence
 * ahead. So a longer tail of lost events has positions that are given again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresFailoverTest {

  private static final int KEPT = 10;
  private static final String WORK = "work";

  /**
   * Whoever asks a primary that is gone for a connection is told so, and soon asks the other one.
   */
  private static final long CONNECTION_TIMEOUT_MILLIS = 500;

  private static final List<String> GOING_ON = List.of("once", "each", "lanes");
  private static final Table<?> HANDLED = DSL.table("handled");
  private static final Field<Integer> LEG = DSL.field("leg", Integer.class);

  @TempDir private Path directory;
  private PrimaryAndStandby servers;
  private Daybook daybook;
  private HikariDataSource primary;
  private HikariDataSource standby;
  private volatile DataSource target;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.daybook.subscription");
  private final Handler collector = new Collector(logged);

  @BeforeEach
  void begin() throws Exception {
    servers = PrimaryAndStandby.start(directory);
    primary = pool(servers.primary());
    standby = pool(servers.standby());
    target = primary;
    daybook =
        Daybook.builder(new RecordingDataSource(() -> target.getConnection())).push(false).build();
    logger.addHandler(collector);
  }

  @AfterEach
  void end() throws Exception {
    logger.removeHandler(collector);
    daybook.close();
    primary.close();
    standby.close();
    servers.close();
  }

  private static HikariDataSource pool(DataSource server) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(server);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    return new HikariDataSource(config);
  }

  @ParameterizedTest
  @CsvSource({"4, 2", "60, 3", "60, 100"})
  void followers_reach_every_event_that_is_there_and_say_what_is_gone(int lost, int after)
      throws Exception {
    daybook.transaction(it -> DSL.using(it).createTable(HANDLED).column(LEG).execute());
    List<Integer> each = new CopyOnWriteArrayList<>();
    List<Integer> lanes = new CopyOnWriteArrayList<>();
    List<Integer> stopping = new CopyOnWriteArrayList<>();
    try (Subscription once = start("once", ExactlyOnce.each(PostgresFailoverTest::handle));
        Subscription oneByOne = start("each", goingOn(each));
        Subscription onLanes =
            daybook.subscriptions().start(subscriber("lanes", goingOn(lanes)).partitions(3));
        Subscription stops = start("stops", AtLeastOnce.each(addTo(stopping)));
        Stream<RecordedEvent<ParcelEvent>> live =
            daybook.queries(journal()).liveEvents(EventQuery.all()).stream()) {
      append(0, KEPT);
      awaitCheckpoints(KEPT);
      servers.catchUp();
      servers.cutOff();
      append(KEPT, lost);
      awaitCheckpoints(KEPT + lost);
      Iterator<RecordedEvent<ParcelEvent>> query = live.iterator();
      for (int leg = 0; leg < KEPT + lost; leg++) {
        assertThat(query.next().data()).isEqualTo(moved(leg));
      }

      servers.promote();
      target = standby;
      append(KEPT + lost, after);

      List<Integer> left = legs();
      assertThat(left).hasSize(KEPT + after);
      Await.until(() -> handled().size() >= left.size(), () -> handled().size());
      assertThat(handled()).isEqualTo(left);
      Await.until(() -> each.containsAll(left), each::size);
      Await.until(() -> lanes.containsAll(left), lanes::size);
      assertThat(List.of(once.state(), oneByOne.state(), onLanes.state()))
          .doesNotContain(SubscriptionState.FAILED);
      String report = "rolled back from position %d to %d".formatted(KEPT + lost, KEPT);
      for (String name : GOING_ON) {
        assertThat(logged)
            .anyMatch(line -> line.contains('"' + name + "\" continues") && line.contains(report));
      }
      assertThatThrownBy(() -> stops.done().toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(SubscriptionStoppedException.class)
          .hasMessageContaining(report)
          .hasCauseInstanceOf(JournalRolledBackException.class);
      assertThat(stopping).hasSize(KEPT + lost);
      assertThatThrownBy(query::hasNext)
          .isInstanceOf(JournalRolledBackException.class)
          .hasMessageContaining("rolled back from position " + (KEPT + lost) + " to ");
    }
    try (Subscription again = start("stops", AtLeastOnce.each(addTo(stopping)))) {
      Await.position(again, journal().latestPosition());
    }
    assertThat(stopping).containsAll(legs());
  }

  private Subscription start(String name, Delivery<ParcelEvent> delivery) {
    return daybook.subscriptions().start(subscriber(name, delivery));
  }

  private Subscriber<ParcelEvent> subscriber(String name, Delivery<ParcelEvent> delivery) {
    return Subscriber.of(name, journal(), delivery);
  }

  private static AtLeastOnce<ParcelEvent> goingOn(List<Integer> legs) {
    return AtLeastOnce.<ParcelEvent>each(addTo(legs)).goingOnAfterRollback();
  }

  private static EventHandler<ParcelEvent> addTo(List<Integer> legs) {
    return event -> legs.add(leg(event));
  }

  private static void handle(Configuration transaction, RecordedEvent<ParcelEvent> event) {
    DSL.using(transaction).insertInto(HANDLED, LEG).values(leg(event)).execute();
  }

  private List<Integer> handled() {
    return DSL.using(target, SQLDialect.POSTGRES).select(LEG).from(HANDLED).fetch(LEG);
  }

  /** One by one, so that each is a transaction, and a page of a follower ends anywhere. */
  private void append(int first, int count) {
    for (int leg = first; leg < first + count; leg++) {
      journal().append(WORK, ExpectedSeq.any(), moved(leg));
    }
  }

  private void awaitCheckpoints(long position) {
    for (SubscriptionInfo each : daybook.subscriptions().list()) {
      Await.until(
          () -> daybook.subscriptions().find(each.name()).orElseThrow().position() == position);
    }
  }

  private Journal<ParcelEvent> journal() {
    return daybook.journal(ParcelEvent.class);
  }

  private List<Integer> legs() {
    return journal().read(EventQuery.all()).stream().map(PostgresFailoverTest::leg).toList();
  }

  private static int leg(RecordedEvent<ParcelEvent> event) {
    return ((ParcelEvent.Moved) event.data()).leg();
  }

  /** What is logged, in words. */
  private static final class Collector extends Handler {

    private final List<String> lines;

    Collector(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord each) {
      lines.add(new SimpleFormatter().formatMessage(each));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
