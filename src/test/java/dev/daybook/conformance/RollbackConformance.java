package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.JournalRolledBackException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who follows the journal while the database is taken back to an earlier state, as by a standby
 * that was behind and is promoted: rows, checkpoints and the positions that were given. New events
 * get positions of the lost ones, fewer than those (2) or more (8).
 */
public abstract class RollbackConformance extends SubscribingConformance {

  private static final int KEPT = 6;
  private static final int ALL = 10;

  protected RollbackConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void exactly_once_goes_on_from_the_state_of_the_database(int events) throws Exception {
    appendMoves("a", ALL);
    try (Subscription subscription =
        start(subscriber(ExactlyOnce.each((transaction, event) -> handled.add(event))))) {
      Await.state(subscription, SubscriptionState.LIVE);
      handled.clear();

      takeBackAndAppend(events);

      Await.until(() -> handled.size() >= events);
    }
    assertThat(handled).isEqualTo(readStream("b"));
  }

  @Test
  void exactly_once_applies_nothing_that_it_has_read_and_that_is_lost() throws Exception {
    appendMoves("a", ALL);
    AtomicBoolean taken = new AtomicBoolean();
    try (Subscription subscription =
        start(
            subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      handled.add(event);
                      if (!taken.getAndSet(true)) {
                        takeBack(transaction, 1);
                        append(transaction, ALL);
                      }
                    })))) {
      Await.position(subscription, ALL + 1);
    }
    assertThat(handled).isEqualTo(everything());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void at_least_once_stops_and_says_so_and_goes_on_when_it_is_started_again(int events)
      throws Exception {
    appendMoves("a", ALL);
    Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)));
    Await.state(subscription, SubscriptionState.LIVE);
    Await.until(() -> info().position() == ALL);
    handled.clear();

    takeBackAndAppend(events);

    assertThatThrownBy(() -> subscription.done().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(SubscriptionStoppedException.class)
        .hasMessageContaining("rolled back from position 10 to ")
        .cause()
        .isInstanceOf(JournalRolledBackException.class)
        .extracting(e -> ((JournalRolledBackException) e).from())
        .isEqualTo((long) ALL);
    assertThat(handled).isEmpty();

    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    assertThat(handled).isEqualTo(readStream("b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void at_least_once_goes_on_from_there_if_asked_to(int partitions) throws Exception {
    appendMoves("a", ALL);
    Delivery<ParcelEvent> delivery =
        AtLeastOnce.<ParcelEvent>each(handled::add).goingOnAfterRollback();
    try (Subscription subscription = start(subscriber(delivery).partitions(partitions))) {
      Await.state(subscription, SubscriptionState.LIVE);
      Await.until(() -> info().position() == ALL);
      handled.clear();

      takeBackAndAppend(2);

      Await.until(() -> handled.size() >= 2);
    }
    assertThat(handled).isEqualTo(readStream("b"));
  }

  @Test
  void at_least_once_misses_nothing_that_has_the_position_of_what_it_is_handling()
      throws Exception {
    appendMoves("a", ALL);
    CountDownLatch inSecond = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Delivery<ParcelEvent> delivery =
        AtLeastOnce.<ParcelEvent>each(
                event -> {
                  handled.add(event);
                  if (event.position() == 2 && inSecond.getCount() > 0) {
                    inSecond.countDown();
                    go.await();
                  }
                })
            .goingOnAfterRollback();
    try (Subscription subscription = start(subscriber(delivery))) {
      Await.reached(inSecond);
      assertThat(info().position()).isEqualTo(1);

      daybook.transaction(
          transaction -> {
            takeBack(transaction, 1);
            append(transaction, ALL);
          });
      go.countDown();

      Await.until(() -> handled.containsAll(readStream("b")));
      assertThat(subscription.state()).isNotEqualTo(SubscriptionState.FAILED);
    } finally {
      go.countDown();
    }
  }

  @Test
  void a_paused_one_notices_as_well() throws Exception {
    appendMoves("a", ALL);
    Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)));
    Await.state(subscription, SubscriptionState.LIVE);
    subscription.pause();
    Await.state(subscription, SubscriptionState.PAUSED);

    takeBackAndAppend(8);

    assertThatThrownBy(() -> subscription.done().toCompletableFuture().join())
        .hasRootCauseInstanceOf(JournalRolledBackException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void a_live_query_ends_with_an_error(int events) {
    requireEndOfLiveQuery(() -> takeBackAndAppend(events));
  }

  /** As a standby is ahead in positions: the lost ones stay free, and new events come behind. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void a_live_query_ends_with_an_error_also_if_no_position_is_given_again(int events) {
    requireEndOfLiveQuery(
        () ->
            daybook.transaction(
                transaction -> {
                  DSL.using(transaction)
                      .execute(
                          Planting.of(database.family())
                              .words("delete from events where global_position > " + KEPT));
                  daybook
                      .within(transaction)
                      .journal(ParcelEvent.class)
                      .append(Append.of("a", ExpectedSeq.any(), moves(events)));
                }));
  }

  private void requireEndOfLiveQuery(Runnable takingBack) {
    appendMoves("a", ALL);
    try (Stream<RecordedEvent<ParcelEvent>> live =
        daybook.queries(journal).liveEvents(EventQuery.all()).stream()) {
      Iterator<RecordedEvent<ParcelEvent>> each = live.iterator();
      for (int n = 1; n <= ALL; n++) {
        assertThat(each.next().position()).isEqualTo(n);
      }

      takingBack.run();

      assertThatThrownBy(each::hasNext)
          .isInstanceOf(JournalRolledBackException.class)
          .hasMessageContaining("rolled back from position 10 to ");
    }
  }

  @Test
  void a_listener_is_told_of_what_comes_then() {
    appendMoves("a", ALL);
    List<Long> told = new CopyOnWriteArrayList<>();
    Registration listening = daybook.notifier().onNews(told::add);

    takeBackAndAppend(2);

    Await.until(() -> told.contains(8L));
    listening.close();
  }

  /** Beside the events a table's rows, as a failover would. */
  private void takeBackAndAppend(int events) {
    daybook.transaction(
        transaction -> {
          takeBack(transaction, KEPT);
          append(transaction, events);
        });
  }

  private void takeBack(Configuration transaction, long position) {
    Planting planting = Planting.of(database.family());
    for (String sql :
        List.of(
            "delete from events where global_position > " + position,
            "update checkpoints set global_position = %d where global_position > %d"
                .formatted(position, position),
            "positions := " + position)) {
      DSL.using(transaction).execute(planting.words(sql));
    }
  }

  private void append(Configuration transaction, int events) {
    daybook
        .within(transaction)
        .journal(ParcelEvent.class)
        .append(Append.of("b", ExpectedSeq.any(), moves(events)));
  }
}
