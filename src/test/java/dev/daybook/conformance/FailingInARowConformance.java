package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a subscription whose handler fails on one event after the other. */
public abstract class FailingInARowConformance extends SubscribingConformance {

  private final Set<Long> tried = ConcurrentHashMap.newKeySet();

  protected FailingInARowConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** Fails on each event, and forgets nothing. */
  private void fail(RecordedEvent<ParcelEvent> event) {
    tried.add(event.position());
    throw new IllegalStateException("the world is broken");
  }

  private AtLeastOnce<ParcelEvent> failing() {
    return AtLeastOnce.each(this::fail);
  }

  private SubscriptionStop runUntilItStops(Subscriber<ParcelEvent> subscriber) throws Exception {
    try (Subscription subscription = start(subscriber)) {
      Await.state(subscription, SubscriptionState.FAILED);
      assertThatThrownBy(() -> Await.result(subscription.done().toCompletableFuture()))
          .hasMessageContaining("events in a row could not be handled");
    }
    return info().stop().orElseThrow();
  }

  private List<Long> parked() {
    return daybook.subscriptions().deadLetters("parcels").stream()
        .map(DeadLetter::position)
        .toList();
  }

  @Test
  void it_stops_when_twenty_events_were_parked_one_after_the_other() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 50);

    SubscriptionStop stop =
        runUntilItStops(subscriber(failing()).onFailure(OnFailure.park().withoutRetries()));

    assertThat(parked()).isEqualTo(events.stream().limit(20).map(RecordedEvent::position).toList());
    assertThat(tried).hasSize(20);
    assertThat(stop.reason())
        .startsWith(
            "20 events in a row could not be handled, and were parked; the last was event 20")
        .endsWith("java.lang.IllegalStateException: the world is broken");
    assertThat(stop.position()).isEqualTo(events.get(19).position());
    assertThat(info().position()).isEqualTo(events.get(19).position());
  }

  @Test
  void retries_don_t_count_and_it_can_be_told_how_many_to_skip() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 9);

    SubscriptionStop stop =
        runUntilItStops(
            subscriber(failing())
                .onFailure(OnFailure.skip().retries(2, Duration.ZERO, Duration.ZERO).limit(3)));

    assertThat(stop.reason())
        .startsWith("3 events in a row could not be handled, and were skipped");
    assertThat(info().position()).isEqualTo(events.get(2).position());
    assertThat(parked()).isEmpty();
  }

  @Test
  void one_that_works_exactly_once_stops_behind_the_last_that_was_parked() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 9);

    runUntilItStops(
        subscriber(ExactlyOnce.each((transaction, event) -> fail(event)))
            .onFailure(OnFailure.park().withoutRetries().limit(3)));

    assertThat(parked()).hasSize(3);
    assertThat(info().position()).isEqualTo(events.get(2).position());
  }

  @Test
  void events_of_a_batch_count_one_by_one() throws Exception {
    appendMoves("a", 30);

    runUntilItStops(
        subscriber(AtLeastOnce.inBatches(10, batch -> fail(batch.get(0))))
            .onFailure(OnFailure.park().withoutRetries().limit(14)));

    assertThat(parked()).hasSize(14);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void the_events_of_all_partitions_count_together(int partitions) throws Exception {
    for (int stream = 0; stream < 8; stream++) {
      appendMoves("s" + stream, 10);
    }

    runUntilItStops(
        subscriber(failing())
            .partitions(partitions)
            .onFailure(OnFailure.park().withoutRetries().limit(7)));

    assertThat(parked()).hasSize(7);
    assertThat(info().position()).isLessThanOrEqualTo(parked().get(6));
  }

  @Test
  void a_success_between_them_begins_the_count_anew() throws Exception {
    appendMoves("a", 60);
    runToTheEnd(
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      if (event.seq() % 3 != 0) {
                        fail(event);
                      }
                    }))
            .onFailure(OnFailure.park().withoutRetries().limit(3)));

    assertThat(parked()).hasSize(40);
    assertThat(info().stop()).isEmpty();
  }

  @Test
  void without_a_limit_all_are_parked() throws Exception {
    appendMoves("a", 60);
    runToTheEnd(subscriber(failing()).onFailure(OnFailure.park().withoutRetries().withoutLimit()));

    assertThat(parked()).hasSize(60);
  }

  @Test
  void started_again_it_goes_on_behind_what_was_parked_and_counts_anew() throws Exception {
    appendMoves("a", 9);
    OnFailure policy = OnFailure.park().withoutRetries().limit(4);
    runUntilItStops(subscriber(failing()).onFailure(policy));
    runUntilItStops(subscriber(failing()).onFailure(policy));
    assertThat(parked()).hasSize(8);

    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)).onFailure(policy));
    assertThat(seqs(handled)).containsExactly(9L);
    assertThat(info().stop()).isEmpty();
  }

  @Test
  void a_limit_that_is_none_is_refused() {
    for (int limit : new int[] {-1, 0, OnFailure.MAX_LIMIT + 1}) {
      assertThatThrownBy(() -> OnFailure.park().limit(limit))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is " + limit + "; expected 1 to 10000");
    }
  }
}
