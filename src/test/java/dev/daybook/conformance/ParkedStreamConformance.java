package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of which an event is put aside, and whose later ones wait behind it. */
public abstract class ParkedStreamConformance extends SubscribingConformance {

  private static final String DROPPING = "dropping";

  /** Events, by their stream and number, that can't be handled for now. */
  private final Set<String> bad = ConcurrentHashMap.newKeySet();

  /** Another Daybook on the same database, if there can be one. */
  private Daybook other;

  /** Holds up the first thread that is about to run a statement. */
  private static final class Gate implements Consumer<String> {

    private final Predicate<String> statement;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicReference<Thread> heldUp = new AtomicReference<>();
    private volatile boolean closed;

    /** Whether the thread that was held up has come to its next statement. */
    private volatile boolean goesOn;

    Gate(Predicate<String> statement) {
      this.statement = statement;
    }

    @Override
    public void accept(String sql) {
      if (heldUp.get() == Thread.currentThread()) {
        goesOn = true;
      } else if (closed
          && statement.test(sql)
          && heldUp.compareAndSet(null, Thread.currentThread())) {
        reached.countDown();
        try {
          open.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    void close() {
      closed = true;
    }

    void open() {
      open.countDown();
    }

    void awaitReached() {
      Await.until(this::isReached);
    }

    boolean isReached() {
      return reached.getCount() == 0;
    }
  }

  /** How the handler gets its events. */
  enum Way {
    EACH,
    IN_BATCHES,
    PARTITIONED,
    EXACTLY_ONCE
  }

  protected ParkedStreamConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void open_another() {
    other = database.isShared() ? open(options -> {}) : daybook;
  }

  private void handle(List<RecordedEvent<ParcelEvent>> events) {
    for (RecordedEvent<ParcelEvent> event : events) {
      if (bad.contains(event.streamId() + "/" + event.seq())) {
        throw new IllegalStateException("bad event");
      }
    }
    handled.addAll(events);
  }

  private Delivery<ParcelEvent> delivery(Way way) {
    return switch (way) {
      case EACH, PARTITIONED -> AtLeastOnce.each(event -> handle(List.of(event)));
      case IN_BATCHES -> AtLeastOnce.inBatches(10, this::handle);
      case EXACTLY_ONCE -> ExactlyOnce.inBatches(10, (transaction, events) -> handle(events));
    };
  }

  private Subscriber<ParcelEvent> parking(Way way) {
    return subscriber(delivery(way))
        .partitions(way == Way.PARTITIONED ? 3 : 1)
        .onFailure(OnFailure.parkStream().withoutRetries());
  }

  private List<Long> handledOf(String stream) {
    return handled.stream()
        .filter(event -> event.streamId().equals(stream))
        .map(RecordedEvent::seq)
        .toList();
  }

  private List<DeadLetter> letters() {
    return other.subscriptions().deadLetters("parcels");
  }

  private List<Long> parked(String stream) {
    return letters().stream()
        .filter(letter -> letter.streamId().equals(stream))
        .map(DeadLetter::seq)
        .toList();
  }

  private void awaitParked(Collection<Long> seqs) {
    Await.until(() -> parked("a").equals(List.copyOf(seqs)));
  }

  private long positionOf(String stream, long seq) {
    return readStream(stream).get((int) seq - 1).position();
  }

  /** Two streams that alternate, of which "a" has a bad second event. */
  private void appendAlternating() {
    for (int i = 0; i < 5; i++) {
      appendMoves("a", 1);
      appendMoves("b", 1);
    }
    bad.add("a/2");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void later_events_of_a_stream_wait_untried_and_other_streams_go_on(Way way) throws Exception {
    appendAlternating();
    runToTheEnd(parking(way));

    assertThat(handledOf("a")).containsOnly(1L);
    assertThat(handledOf("b")).isEqualTo(upTo(5));
    assertThat(parked("a")).containsExactly(2L, 3L, 4L, 5L);
    assertThat(letters()).allMatch(DeadLetter::holdsStream);
    assertThat(letters()).extracting(DeadLetter::attempts).containsExactly(1L, 0L, 0L, 0L);
    assertThat(letters().get(1).error()).contains("waits for an earlier event");
    assertThat(info().deadLetters()).isEqualTo(4);
    assertThat(info().lagEvents()).isZero();
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_retry_handles_all_that_wait_in_order_and_then_the_stream_goes_on(Way way)
      throws Exception {
    appendAlternating();
    try (Subscription subscription = start(parking(way))) {
      awaitParked(List.of(2L, 3L, 4L, 5L));
      bad.clear();

      // Any of them stands for all.
      assertThat(other.subscriptions().retryDeadLetter("parcels", positionOf("a", 4))).isTrue();

      awaitParked(List.of());
      long last = appendMoves("a", 2).get(1).position();
      Await.position(subscription, last);
    }
    assertThat(handledOf("a")).isEqualTo(upTo(7));
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_retry_ends_at_the_first_that_fails_and_that_one_holds_the_rest() throws Exception {
    appendAlternating();
    bad.add("a/4");
    try (Subscription subscription = start(parking(Way.EACH))) {
      awaitParked(List.of(2L, 3L, 4L, 5L));
      bad.remove("a/2");
      other.subscriptions().retryDeadLetter("parcels", positionOf("a", 2));
      Await.until(() -> parked("a").equals(List.of(4L, 5L)) && letters().get(0).attempts() == 1);
      assertThat(letters().get(0).error()).contains("bad event");
      assertThat(letters().get(0).stackTrace()).isPresent();
      assertThat(letters()).allMatch(letter -> letter.retryAskedAt().isEmpty());
      long last = appendMoves("a", 1).get(0).position();
      Await.position(subscription, last);
      awaitParked(List.of(4L, 5L, 6L));

      bad.clear();
      other.subscriptions().retryDeadLetter("parcels", positionOf("a", 4));
      awaitParked(List.of());
    }
    assertThat(handledOf("a")).isEqualTo(upTo(6));
  }

  @Test
  void what_waits_behind_one_that_is_dropped_is_handled() throws Exception {
    appendAlternating();
    bad.add("a/4");
    try (Subscription subscription = start(parking(Way.EACH))) {
      awaitParked(List.of(2L, 3L, 4L, 5L));
      assertThat(other.subscriptions().dropDeadLetter("parcels", positionOf("a", 2))).isTrue();
      Await.until(() -> parked("a").equals(List.of(4L, 5L)) && letters().get(0).attempts() == 1);
      // One that waits can be dropped by itself.
      assertThat(other.subscriptions().dropDeadLetter("parcels", positionOf("a", 5))).isTrue();
      assertThat(letters()).allMatch(letter -> letter.retryAskedAt().isEmpty());
      assertThat(other.subscriptions().dropDeadLetter("parcels", positionOf("a", 4))).isTrue();
      long last = appendMoves("a", 1).get(0).position();
      Await.position(subscription, last);
    }
    assertThat(handledOf("a")).containsExactly(1L, 3L, 6L);
    assertThat(letters()).isEmpty();
  }

  @Test
  void one_that_is_just_put_behind_another_is_handled_when_that_one_is_dropped() throws Exception {
    Gate queueing = new Gate(sql -> sql.contains("dead_letters") && sql.endsWith("do nothing"));
    Gate dropping = new Gate(sql -> true);
    openBetween(queueing, dropping);
    long second = appendMoves("a", 2).get(1).position();
    bad.add("a/2");
    try (Subscription subscription = start(parking(Way.EACH))) {
      awaitParked(List.of(2L));
      queueing.close();
      long third = appendMoves("a", 1).get(0).position();
      queueing.awaitReached();
      dropping.close();
      dropping.open();

      FutureTask<Boolean> drop = drop(second);
      // Where there is one connection, it can't come to its first statement.
      awaitMeeting(drop::isDone, () -> dropping.isReached() || isWaiting(DROPPING));
      queueing.open();

      assertThat(drop.get()).isTrue();
      Await.position(subscription, third);
      Await.until(() -> handledOf("a").equals(List.of(1L, 3L)));
    }
    assertThat(letters()).isEmpty();
  }

  @Test
  void one_is_not_put_behind_another_that_is_just_being_dropped() throws Exception {
    Gate looking = new Gate(sql -> sql.contains("dead_letters") && sql.contains("<= ?"));
    Gate dropping = new Gate(sql -> sql.contains("commit"));
    openBetween(looking, dropping);
    long second = appendMoves("a", 2).get(1).position();
    bad.add("a/2");
    try (Subscription subscription = start(parking(Way.EACH))) {
      awaitParked(List.of(2L));
      if (database.isShared()) {
        looking.close();
        dropping.close();
      }
      FutureTask<Boolean> drop;
      long third = appendMoves("a", 1).get(0).position();
      if (database.isShared()) {
        looking.awaitReached();
        drop = drop(second);
        dropping.awaitReached();
        looking.open();
        awaitMeeting(() -> parked("a").contains(3L), () -> looking.goesOn);
        dropping.open();
      } else {
        drop = drop(second);
      }

      assertThat(drop.get()).isTrue();
      Await.position(subscription, third);
      Await.until(() -> handledOf("a").equals(List.of(1L, 3L)));
    }
    assertThat(letters()).isEmpty();
  }

  /**
   * Waits until who comes second is done, or behind the first.
   *
   * @param begins whether it has begun, where nobody tells who waits for the only writer
   */
  private void awaitMeeting(BooleanSupplier done, BooleanSupplier begins) {
    BooleanSupplier behind = database.writesInParallel() ? this::isSomebodyBlocked : begins;
    Await.until(() -> done.getAsBoolean() || behind.getAsBoolean());
  }

  private boolean isSomebodyBlocked() {
    return DSL.using(database.callersDataSource(), database.family())
        .fetchExists(
            DSL.selectOne()
                .from("pg_stat_activity")
                .where("datname = current_database() and wait_event_type = 'Lock'"));
  }

  /** Another Daybook drops letters, if there can be one. */
  private void openBetween(Gate subscribing, Gate dropping) {
    if (database.isShared()) {
      openWith(options -> options.sqlListener(subscribing));
      other = open(options -> options.sqlListener(dropping));
    } else {
      openWith(
          options ->
              options.sqlListener(
                  sql -> {
                    subscribing.accept(sql);
                    dropping.accept(sql);
                  }));
      other = daybook;
    }
  }

  private FutureTask<Boolean> drop(long position) {
    FutureTask<Boolean> drop =
        new FutureTask<>(() -> other.subscriptions().dropDeadLetter("parcels", position));
    new Thread(drop, DROPPING).start();
    return drop;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_stays_held_up_for_one_that_is_started_later(boolean parkingOnly) throws Exception {
    appendAlternating();
    runToTheEnd(parking(Way.EACH));
    bad.clear();
    appendMoves("a", 1);
    OnFailure policy = parkingOnly ? OnFailure.park() : OnFailure.stop();
    runToTheEnd(parking(Way.EACH).onFailure(policy));
    assertThat(handledOf("a")).containsExactly(1L);
    assertThat(parked("a")).containsExactly(2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void what_is_given_again_is_put_aside_once_and_what_is_in_front_of_it_is_handled()
      throws Exception {
    appendAlternating();
    runToTheEnd(parking(Way.EACH));
    handled.clear();
    daybook.subscriptions().reset("parcels", StartFrom.beginning());
    appendMoves("a", 1);
    runToTheEnd(parking(Way.EACH));
    assertThat(handledOf("a")).containsExactly(1L);
    assertThat(parked("a")).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(letters()).extracting(DeadLetter::attempts).containsExactly(1L, 0L, 0L, 0L, 0L);
  }

  @Test
  void a_deleted_event_is_forgotten_by_a_retry_and_the_rest_is_handled() throws Exception {
    appendAlternating();
    runToTheEnd(parking(Way.EACH));
    long second = positionOf("a", 2);
    journal.delete("a", 3);
    try (Subscription subscription = start(parking(Way.EACH))) {
      Await.state(subscription, SubscriptionState.LIVE);
      other.subscriptions().retryDeadLetter("parcels", second);
      awaitParked(List.of());
    }
    assertThat(handledOf("a")).containsExactly(1L, 4L, 5L);
  }

  @Test
  void events_that_wait_are_no_failures_in_a_row() throws Exception {
    appendMoves("a", 60);
    bad.add("a/1");
    runToTheEnd(parking(Way.EACH));
    assertThat(parked("a")).isEqualTo(upTo(60));
    assertThat(info().stop()).isEmpty();
  }

  @Test
  void parking_an_event_alone_goes_on_past_it() throws Exception {
    appendAlternating();
    runToTheEnd(parking(Way.EACH).onFailure(OnFailure.park().withoutRetries()));
    assertThat(handledOf("a")).containsExactly(1L, 3L, 4L, 5L);
    assertThat(letters()).noneMatch(DeadLetter::holdsStream);
  }

  @Test
  void rebuilding_lets_all_streams_go() throws Exception {
    appendAlternating();
    runToTheEnd(parking(Way.EACH));
    bad.clear();
    handled.clear();
    daybook.subscriptions().rebuild("parcels", transaction -> {});
    runToTheEnd(parking(Way.EACH));
    assertThat(handledOf("a")).isEqualTo(upTo(5));
    assertThat(letters()).isEmpty();
  }
}
