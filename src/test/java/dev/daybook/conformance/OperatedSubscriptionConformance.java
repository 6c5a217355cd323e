package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStop;
import dev.daybook.subscription.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator asks of a subscription from another process, and learns about it. */
public abstract class OperatedSubscriptionConformance extends SubscribingConformance {

  /** Another Daybook on the same database, if there can be one. */
  private Daybook other;

  protected OperatedSubscriptionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void open_another() {
    other = database.isShared() ? open(options -> {}) : daybook;
  }

  private Subscriptions operator() {
    return other.subscriptions();
  }

  private SubscriptionInfo seen() {
    return operator().find("parcels").orElseThrow();
  }

  private static void awaitState(Subscription subscription, SubscriptionState state)
      throws InterruptedException {
    Await.state(subscription, state);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void one_that_is_paused_by_its_name_begins_nothing_until_it_is_resumed(int partitions)
      throws Exception {
    appendMoves("a", 2);
    try (Subscription subscription =
        start(subscriber(AtLeastOnce.each(handled::add)).partitions(partitions))) {
      awaitState(subscription, SubscriptionState.LIVE);
      assertThat(seen().pausedAt()).isEmpty();

      operator().pause("parcels");

      awaitState(subscription, SubscriptionState.PAUSED);
      Instant since = seen().pausedAt().orElseThrow();
      operator().pause("parcels");
      assertThat(seen().pausedAt()).contains(since);
      assertThat(seen().owner()).isPresent();
      appendMoves("a", 3);
      runToTheEnd(subscriber("witness", AtLeastOnce.each(event -> {})));
      assertThat(seqs(handled)).isEqualTo(upTo(2));

      operator().resume("parcels");

      Await.position(subscription, journal.latestPosition());
      assertThat(seqs(handled)).isEqualTo(upTo(5));
      assertThat(seen().pausedAt()).isEmpty();
      operator().resume("parcels");
    }
  }

  @Test
  void a_handler_finishes_its_call_and_is_called_no_more_once_the_pause_is_noticed()
      throws Exception {
    appendMoves("a", 400);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      handled.add(event);
                      if (event.seq() == 7) {
                        inside.countDown();
                        go.await();
                      }
                    })))) {
      Await.reached(inside);
      operator().pause("parcels");
      awaitHeartbeat();
      go.countDown();
      awaitState(subscription, SubscriptionState.PAUSED);
      assertThat(seqs(handled)).isEqualTo(upTo(7));
      assertThat(seen().position()).isEqualTo(everything().get(6).position());
    }
  }

  @Test
  void a_pause_holds_for_one_that_is_started_later() throws Exception {
    appendMoves("a", 1);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    operator().pause("parcels");
    appendMoves("a", 1);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      awaitState(subscription, SubscriptionState.PAUSED);
      assertThat(seqs(handled)).isEqualTo(upTo(1));
      subscription.resume();
      operator().reset("parcels", StartFrom.beginning());
      assertThat(seen().pausedAt()).isPresent();
      operator().resume("parcels");
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(seqs(handled)).containsExactly(1L, 1L, 2L);
  }

  @Test
  void one_works_only_if_neither_it_nor_its_name_is_paused() throws Exception {
    appendMoves("a", 1);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      awaitState(subscription, SubscriptionState.LIVE);
      subscription.pause();
      operator().pause("parcels");
      awaitHeartbeat();
      assertThat(subscription.state()).isEqualTo(SubscriptionState.PAUSED);
      subscription.resume();
      appendMoves("a", 1);
      runToTheEnd(subscriber("witness", AtLeastOnce.each(event -> {})));
      assertThat(subscription.state()).isEqualTo(SubscriptionState.PAUSED);

      subscription.pause();
      operator().resume("parcels");
      runToTheEnd(subscriber("second witness", AtLeastOnce.each(event -> {})));
      assertThat(subscription.state()).isEqualTo(SubscriptionState.PAUSED);
      assertThat(handled).hasSize(1);

      subscription.resume();
      Await.position(subscription, journal.latestPosition());
    }
  }

  /** One heartbeat looks after all: all have noticed then what was asked of them before. */
  private void awaitHeartbeat() throws InterruptedException {
    try (Subscription later = start(subscriber("later", AtLeastOnce.each(event -> {})))) {
      awaitState(later, SubscriptionState.LIVE);
      operator().pause("later");
      awaitState(later, SubscriptionState.PAUSED);
      operator().resume("later");
      // One look tells all subscriptions, in whichever order: the next begins behind it.
      awaitState(later, SubscriptionState.LIVE);
    }
  }

  @Test
  void a_lease_that_is_taken_away_goes_to_whoever_stands_by() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 3);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Long> byOther = new CopyOnWriteArrayList<>();
    try (Subscription stuck =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      handled.add(event);
                      inside.countDown();
                      go.await();
                    })))) {
      Await.reached(inside);
      try (Subscription standby =
          startAt(other, AtLeastOnce.each(event -> byOther.add(event.seq())))) {
        awaitState(standby, SubscriptionState.STANDBY);

        assertThat(operator().release("parcels")).isTrue();

        Await.position(standby, events.get(2).position());
        assertThat(byOther).isEqualTo(upTo(3));
        go.countDown();
        awaitState(stuck, SubscriptionState.STANDBY);
        long last = appendMoves("a", 1).get(0).position();
        Await.position(standby, last);
      }
      assertThat(handled).hasSize(1);
    } finally {
      go.countDown();
    }
  }

  @Test
  void one_whose_lease_is_taken_away_takes_it_again_if_nobody_else_wants_it() throws Exception {
    appendMoves("a", 1);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      awaitState(subscription, SubscriptionState.LIVE);
      String owner = seen().owner().orElseThrow();
      assertThat(operator().release("parcels")).isTrue();
      long last = appendMoves("a", 1).get(0).position();
      Await.position(subscription, last);
      Await.until(() -> seen().owner().filter(owner::equals).isPresent());
    }
    assertThat(seqs(handled)).isEqualTo(upTo(2));
    assertThat(operator().release("parcels")).isFalse();
  }

  @Test
  void nothing_is_done_twice_exactly_once_when_the_lease_is_taken_away() throws Exception {
    long last = appendMoves("a", 3).get(2).position();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Subscription stuck =
        start(
            subscriber(
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          if (inside.getCount() > 0) {
                            inside.countDown();
                            go.await();
                          }
                          count(transaction, event);
                        }))
                .select(EventQuery.stream("a")))) {
      Await.reached(inside);
      if (database.writesInParallel()) {
        takeOver(stuck, go, last);
      } else if (database.isShared()) {
        // Its transaction has the only write lock.
        Daybook impatient = open(options -> options.busyTimeout(Duration.ofMillis(1)));
        assertThatThrownBy(() -> impatient.subscriptions().release("parcels"))
            .isInstanceOf(DatabaseBusyException.class);
      }
      go.countDown();
      Await.until(() -> counted() == 3 && seen().position() >= last);
      Await.until(() -> operator().release("parcels"));
      Await.state(stuck, SubscriptionState.LIVE);
    } finally {
      go.countDown();
    }
    assertThat(counted()).isEqualTo(3);
  }

  private void takeOver(Subscription stuck, CountDownLatch go, long last)
      throws InterruptedException {
    try (Subscription standby =
        startAt(
            other, ExactlyOnce.each((transaction, event) -> countAt(other, transaction, event)))) {
      awaitState(standby, SubscriptionState.STANDBY);
      assertThat(operator().release("parcels")).isTrue();
      Await.position(standby, last);
      go.countDown();
      awaitState(stuck, SubscriptionState.STANDBY);
    }
  }

  private static void countAt(
      Daybook at, Configuration transaction, RecordedEvent<ParcelEvent> event) {
    at.within(transaction)
        .journal(ParcelEvent.class)
        .append("counted", ExpectedSeq.any(), event.data());
  }

  private static Subscription startAt(Daybook at, Delivery<ParcelEvent> delivery) {
    Journal<ParcelEvent> journal = at.journal(ParcelEvent.class);
    return at.subscriptions()
        .start(Subscriber.of("parcels", journal, delivery).select(EventQuery.stream("a")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void why_where_and_when_one_has_stopped_is_known_until_somebody_works_on_it_again(int partitions)
      throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 3);
    Instant before = Instant.now().minusSeconds(1);
    stopAt(events.get(1), partitions, AtLeastOnce.each(event -> requireNot(2, event)));

    SubscriptionStop stop = seen().stop().orElseThrow();
    assertThat(stop.position()).isEqualTo(events.get(1).position());
    assertThat(stop.reason())
        .contains("event 2 of stream \"a\"")
        .endsWith("java.lang.IllegalStateException: bad event");
    assertThat(stop.at()).isAfter(before).isBefore(Instant.now().plusSeconds(1));
    assertThat(seen().owner()).isEmpty();
    assertThat(seen().position()).isEqualTo(events.get(0).position());

    operator().reset("parcels", StartFrom.beginning());
    assertThat(seen().stop()).contains(stop);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    assertThat(seen().stop()).isEmpty();
  }

  @Test
  void why_one_has_stopped_is_known_of_one_that_works_exactly_once() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 3);
    stopAt(events.get(1), 1, ExactlyOnce.each((transaction, event) -> requireNot(2, event)));

    assertThat(seen().stop().orElseThrow().position()).isEqualTo(events.get(1).position());
  }

  @Test
  void one_that_stops_for_no_event_says_up_to_where_it_had_come() throws Exception {
    long last = appendMoves("a", 2).get(1).position();
    daybook.checkpoints().reset("parcels", last + 1_000);
    try (Subscription ahead = start(subscriber(AtLeastOnce.each(handled::add)))) {
      awaitState(ahead, SubscriptionState.FAILED);
    }
    SubscriptionStop stop = seen().stop().orElseThrow();
    assertThat(stop.position()).isEqualTo(last + 1_000);
    assertThat(stop.reason()).startsWith("its checkpoint is at position");
  }

  @Test
  void one_that_runs_out_of_memory_says_so_and_one_that_is_closed_says_nothing() throws Exception {
    appendMoves("a", 2);
    try (Subscription failing =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      if (event.seq() == 2) {
                        throw new OutOfMemoryError("none left");
                      }
                    })))) {
      awaitState(failing, SubscriptionState.FAILED);
    }
    SubscriptionStop stop = seen().stop().orElseThrow();
    assertThat(stop.reason()).isEqualTo("java.lang.OutOfMemoryError: none left");
    assertThat(stop.position()).isEqualTo(everything().get(0).position());
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    assertThat(seen().stop()).isEmpty();
  }

  @Test
  void a_reason_is_shortened_to_what_any_database_can_store() throws Exception {
    appendMoves("a", 1);
    String text = "\0" + "\uD83D\uDCE6".repeat(3_000);
    try (Subscription failing =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          throw new IllegalStateException(text);
                        }))
                .onFailure(OnFailure.stop().withoutRetries()))) {
      awaitState(failing, SubscriptionState.FAILED);
    }
    assertThat(seen().stop().orElseThrow().reason())
        .hasSizeBetween(1_990, 2_000)
        .endsWith("\uD83D\uDCE6…");
  }

  @Test
  void a_dead_letter_says_where_its_last_failure_came_from() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      requireNot(2, event);
                      if (event.seq() == 3) {
                        overflow(0);
                      }
                    }))
            .onFailure(OnFailure.park().withoutRetries()));

    List<DeadLetter> letters = operator().deadLetters("parcels");
    assertThat(letters.get(0).stackTrace().orElseThrow())
        .startsWith("java.lang.IllegalStateException: bad event\n\tat ")
        .contains("OperatedSubscriptionConformance.requireNot");
    assertThat(letters.get(1).stackTrace().orElseThrow())
        .startsWith("java.lang.StackOverflowError")
        .contains("OperatedSubscriptionConformance.overflow", "…")
        .hasSizeLessThanOrEqualTo(8_000);
  }

  @Test
  void a_name_that_nobody_has_is_refused() {
    List<Consumer<String>> requests =
        List.of(operator()::pause, operator()::resume, operator()::release);
    for (Consumer<String> request : requests) {
      assertThatThrownBy(() -> request.accept("parcles"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("there is no subscription \"parcles\"");
      assertThatThrownBy(() -> request.accept("")).isInstanceOf(InvalidInputException.class);
    }
    assertThat(operator().list()).isEmpty();
  }

  private void stopAt(
      RecordedEvent<ParcelEvent> bad, int partitions, Delivery<ParcelEvent> delivery)
      throws InterruptedException {
    try (Subscription failing =
        start(
            subscriber(delivery)
                .partitions(partitions)
                .onFailure(OnFailure.stop().withoutRetries()))) {
      awaitState(failing, SubscriptionState.FAILED);
      assertThatThrownBy(() -> failing.awaitPosition(bad.position(), LONG))
          .hasMessageContaining("position " + bad.position());
    }
  }

  private static void requireNot(long seq, RecordedEvent<?> event) {
    if (event.seq() == seq) {
      throw new IllegalStateException("bad event");
    }
  }

  private static int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }
}
