package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ClosedException;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a subscription is paused, moved, shared, stopped and closed. */
public abstract class SubscriptionControlConformance extends SubscribingConformance {

  protected SubscriptionControlConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void pauses_between_events_and_resumes() throws Exception {
    appendMoves("a", 5);
    CountDownLatch inSecond = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      if (event.seq() == 2) {
                        inSecond.countDown();
                        go.await();
                      }
                      handled.add(event);
                    })))) {
      Await.reached(inSecond);
      subscription.pause();
      go.countDown();
      Await.state(subscription, SubscriptionState.PAUSED);
      assertThat(seqs(handled)).containsExactly(1L, 2L);
      assertThat(daybook.subscriptions().running()).containsExactly(subscription);
      assertThat(subscription.lastFailure()).isEmpty();
      assertThat(info().position()).isEqualTo(everything().get(1).position());
      assertThat(info().owner()).isPresent();

      subscription.resume();
      Await.position(subscription, everything().get(4).position());
    }
    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void a_reset_moves_one_that_is_running() throws Exception {
    appendMoves("a", 3);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      Await.state(subscription, SubscriptionState.LIVE);
      daybook.subscriptions().reset("parcels", StartFrom.position(everything().get(0).position()));
      Await.until(() -> handled.size() == 5);
      daybook.checkpoints().reset("parcels", everything().get(1).position());
      Await.until(() -> handled.size() == 6);
    }
    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L, 2L, 3L, 3L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobody_is_told_that_it_is_where_it_was_before_it_was_moved(boolean rebuild)
      throws Exception {
    long last = appendMoves("a", 3).get(2).position();
    AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    try (Subscription subscription =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      Objects.requireNonNull(gate.get()).await();
                      handled.add(event);
                    })))) {
      for (int round = 1; round <= 5; round++) {
        Await.state(subscription, SubscriptionState.LIVE);
        assertThat(handled).hasSize(3 * round);
        CountDownLatch closed = new CountDownLatch(1);
        gate.set(closed);
        if (rebuild) {
          daybook.subscriptions().rebuild("parcels", transaction -> {});
        } else {
          daybook.subscriptions().reset("parcels", StartFrom.beginning());
        }

        assertThat(subscription.position()).isZero();
        assertThat(subscription.awaitPosition(last, Duration.ZERO)).isFalse();
        assertThat(subscription.awaitState(SubscriptionState.LIVE, Duration.ZERO)).isFalse();

        closed.countDown();
        Await.position(subscription, last);
        assertThat(handled).hasSize(3 * (round + 1));
      }
    }
  }

  @Test
  void a_reset_to_the_end_leaves_out_what_is_there() throws Exception {
    appendMoves("a", 3);
    daybook.subscriptions().reset("parcels", StartFrom.end());
    appendMoves("a", 1);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));

    assertThat(seqs(handled)).containsExactly(4L);
  }

  @Test
  void of_two_with_one_name_one_works_and_the_other_takes_over() throws Exception {
    appendMoves("a", 2);
    List<RecordedEvent<ParcelEvent>> others = new CopyOnWriteArrayList<>();
    Subscription first = start(subscriber(AtLeastOnce.each(handled::add)));
    Await.state(first, SubscriptionState.LIVE);
    try (Subscription second = start(subscriber(AtLeastOnce.each(others::add)))) {
      Await.state(second, SubscriptionState.STANDBY);
      first.close();
      Await.state(second, SubscriptionState.LIVE);
      assertThat(others).isEmpty();
      long position = appendMoves("a", 1).get(0).position();
      Await.position(second, position);
    }
    assertThat(seqs(handled)).containsExactly(1L, 2L);
    assertThat(seqs(others)).containsExactly(3L);
  }

  @Test
  void a_partition_that_stops_stops_all() {
    appendMoves("a", 1);
    appendMoves("b", 1);
    Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          throw new IllegalStateException("bad event");
                        }))
                .partitions(2)
                .onFailure(OnFailure.stop().withoutRetries()));

    assertThatThrownBy(() -> Await.result(subscription.done().toCompletableFuture()))
        .hasCauseInstanceOf(SubscriptionStoppedException.class);
    subscription.close();
    assertThat(info().position()).isZero();
  }

  @Test
  void stopping_interrupts_a_handler_that_takes_too_long_and_leaves_no_thread() throws Exception {
    appendMoves("a", 2);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          inside.countDown();
                          never.await();
                        }))
                .stopTimeout(Duration.ZERO));
    Await.reached(inside);
    subscription.close();
    subscription.close();

    assertThat(subscription.state()).isEqualTo(SubscriptionState.STOPPED);
    assertThat(subscription.done().toCompletableFuture()).isCompleted();
    assertThat(info().position()).isZero();
    assertThat(threadsOf("parcels")).isEmpty();
  }

  @Test
  void a_handler_may_close_its_own_subscription() throws Exception {
    appendMoves("a", 3);
    Subscription[] self = new Subscription[1];
    CountDownLatch known = new CountDownLatch(1);
    self[0] =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      known.await();
                      handled.add(event);
                      self[0].close();
                    })));
    known.countDown();
    Await.result(self[0].done().toCompletableFuture());

    assertThat(seqs(handled)).containsExactly(1L);
    assertThat(info().position()).isEqualTo(everything().get(0).position());
  }

  @Test
  void can_not_be_closed_inside_a_transaction_that_it_may_wait_for() throws Exception {
    Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)));
    daybook.transaction(
        transaction ->
            assertThatThrownBy(subscription::close).isInstanceOf(IllegalStateException.class));
    long position = appendMoves("a", 1).get(0).position();
    Await.position(subscription, position);
    subscription.close();
  }

  @Test
  void closing_the_daybook_stops_it() throws Exception {
    Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)));
    Await.state(subscription, SubscriptionState.LIVE);
    daybook.close();

    assertThat(subscription.state()).isEqualTo(SubscriptionState.STOPPED);
    assertThatThrownBy(() -> subscription.awaitPosition(1, LONG))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> start(subscriber(AtLeastOnce.each(handled::add))))
        .isInstanceOf(ClosedException.class);
    assertThat(threadsOf("parcels")).isEmpty();
  }
}
