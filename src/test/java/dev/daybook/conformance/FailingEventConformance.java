package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.StandbyException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events that a handler at least once can't handle. */
public abstract class FailingEventConformance extends SubscribingConformance {

  protected FailingEventConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void tries_again_and_goes_on_when_that_helps() throws Exception {
    appendMoves("a", 3);
    AtomicInteger failures = new AtomicInteger(2);
    runToTheEnd(
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      if (event.seq() == 2 && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not yet");
                      }
                      handled.add(event);
                    }))
            .onFailure(OnFailure.stop().retries(2, Duration.ZERO, Duration.ZERO)));

    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L);
    assertThat(failures).hasValue(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_reset_ends_the_retries_of_an_event_that_it_steps_over(int partitions) throws Exception {
    long bad = appendMoves("bad", 1).get(0).position();
    long last = appendMoves("good", 2).get(1).position();
    CountDownLatch tried = new CountDownLatch(3);
    Duration delay = Duration.ofMillis(10);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.position() == bad) {
                            tried.countDown();
                            throw new IllegalStateException("bad event");
                          }
                          handled.add(event);
                        }))
                .partitions(partitions)
                .onFailure(OnFailure.stop().retries(1_000_000, delay, delay)))) {
      Await.reached(tried);

      daybook.subscriptions().reset("parcels", StartFrom.position(bad));

      Await.position(subscription, last);
      assertThat(seqs(handled)).endsWith(1L, 2L);
    }
  }

  @Test
  void stops_in_front_of_an_event_that_can_not_be_handled() throws Exception {
    appendMoves("a", 3);
    Subscription subscription =
        start(subscriber(failingAt(2)).onFailure(OnFailure.stop().withoutRetries()));

    assertThatThrownBy(() -> Await.result(subscription.done().toCompletableFuture()))
        .hasCauseInstanceOf(SubscriptionStoppedException.class)
        .hasMessageContaining("event 2 of stream \"a\"")
        .hasRootCauseMessage("bad event");
    assertThat(subscription.state()).isEqualTo(SubscriptionState.FAILED);
    assertThat(subscription.lastFailure()).map(Throwable::getMessage).contains("bad event");
    assertThat(daybook.subscriptions().running()).isEmpty();
    assertThatThrownBy(() -> subscription.awaitPosition(100, LONG))
        .isInstanceOf(SubscriptionStoppedException.class);
    subscription.close();
    assertThat(seqs(handled)).containsExactly(1L);
    SubscriptionInfo info = info();
    assertThat(info.position()).isEqualTo(everything().get(0).position());
    assertThat(info.owner()).isEmpty();
    assertThat(info.lagEvents()).isEqualTo(2);
  }

  @Test
  void skips_an_event_if_asked_to() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(subscriber(failingAt(2)).onFailure(OnFailure.skip().withoutRetries()));

    assertThat(seqs(handled)).containsExactly(1L, 3L);
    assertThat(info().lagEvents()).isZero();
    assertThat(daybook.subscriptions().deadLetters("parcels")).isEmpty();
  }

  @Test
  void a_failure_whose_causes_never_end_is_the_events() throws Exception {
    appendMoves("a", 2);
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    runToTheEnd(
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      if (event.seq() == 1) {
                        throw first;
                      }
                      handled.add(event);
                    }))
            .onFailure(OnFailure.skip().withoutRetries()));

    assertThat(seqs(handled)).containsExactly(2L);
  }

  @Test
  void an_event_is_not_given_up_because_a_database_was_in_the_way() throws Exception {
    appendMoves("a", 3);
    Queue<RuntimeException> failures =
        new ConcurrentLinkedQueue<>(
            List.of(
                new IllegalStateException(new DatabaseBusyException("busy", null)),
                new StandbyException(null),
                new IllegalStateException(new StandbyException(null)),
                new ConnectionLostException("gone", null)));
    runToTheEnd(
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      RuntimeException failure = event.seq() == 2 ? failures.poll() : null;
                      if (failure != null) {
                        throw failure;
                      }
                      handled.add(event);
                    }))
            .onFailure(OnFailure.skip().withoutRetries()));

    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void parks_an_event_if_asked_to_and_goes_on() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(
        subscriber(failingAt(2))
            .onFailure(OnFailure.park().retries(2, Duration.ZERO, Duration.ZERO)));

    assertThat(seqs(handled)).containsExactly(1L, 3L);
    DeadLetter letter = daybook.subscriptions().deadLetters("parcels").get(0);
    assertThat(letter.subscription()).isEqualTo("parcels");
    assertThat(letter.streamId()).isEqualTo("a");
    assertThat(letter.seq()).isEqualTo(2);
    assertThat(letter.type()).isEqualTo("Moved");
    assertThat(letter.position()).isEqualTo(everything().get(1).position());
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.error()).contains("bad event");
    assertThat(letter.retryAskedAt()).isEmpty();
    assertThat(info().deadLetters()).isOne();
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void in_a_batch_only_the_bad_event_is_parked() throws Exception {
    appendMoves("a", 10);
    runToTheEnd(
        subscriber(
                AtLeastOnce.inBatches(
                    10,
                    events -> {
                      for (RecordedEvent<ParcelEvent> event : events) {
                        if (event.seq() == 7) {
                          throw new IllegalStateException("bad event");
                        }
                      }
                      handled.addAll(events);
                    }))
            .onFailure(OnFailure.park().withoutRetries()));

    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L);
    assertThat(daybook.subscriptions().deadLetters("parcels")).hasSize(1);
  }

  @Test
  void retries_a_dead_letter_when_asked_to_and_forgets_it_when_that_helps() throws Exception {
    appendMoves("a", 3);
    AtomicInteger failures = new AtomicInteger(2);
    CountDownLatch again = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.seq() == 2 && failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("bad event");
                          }
                          handled.add(event);
                          if (event.seq() == 2) {
                            again.countDown();
                          }
                        }))
                .onFailure(OnFailure.park().withoutRetries()))) {
      Await.state(subscription, SubscriptionState.LIVE);
      long position = daybook.subscriptions().deadLetters("parcels").get(0).position();

      assertThat(daybook.subscriptions().retryDeadLetter("parcels", position)).isTrue();
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").get(0).attempts() == 2);
      assertThat(daybook.subscriptions().deadLetters("parcels").get(0).retryAskedAt()).isEmpty();

      assertThat(daybook.subscriptions().retryDeadLetter("parcels", position)).isTrue();
      Await.reached(again);
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
    }
    assertThat(seqs(handled)).containsExactly(1L, 3L, 2L);
    assertThat(daybook.subscriptions().retryDeadLetter("parcels", 2)).isFalse();
  }

  @Test
  void a_retry_that_is_asked_for_while_the_last_one_fails_is_made_too() throws Exception {
    appendMoves("a", 1);
    AtomicInteger attempts = new AtomicInteger();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (attempts.incrementAndGet() == 2) {
                            askAgain(event.position());
                          }
                          if (attempts.get() < 3) {
                            throw new IllegalStateException("bad event");
                          }
                        }))
                .onFailure(OnFailure.park().withoutRetries()))) {
      Await.state(subscription, SubscriptionState.LIVE);
      long position = daybook.subscriptions().deadLetters("parcels").get(0).position();

      assertThat(daybook.subscriptions().retryDeadLetter("parcels", position)).isTrue();

      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
    }
    assertThat(attempts).hasValue(3);
  }

  /** Requests are told apart by their milliseconds. */
  private void askAgain(long position) {
    long before = System.currentTimeMillis();
    Await.until(() -> System.currentTimeMillis() > before);
    assertThat(daybook.subscriptions().retryDeadLetter("parcels", position)).isTrue();
  }

  @Test
  void a_retry_forgets_a_dead_letter_whose_event_was_deleted() throws Exception {
    long position = parkSecond();
    journal.delete("a", 2);

    daybook.subscriptions().retryDeadLetter("parcels", position);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
      assertThat(subscription.state()).isNotEqualTo(SubscriptionState.FAILED);
    }
    assertThat(handled).isEmpty();
  }

  @Test
  void a_retry_gives_no_other_event_than_the_one_that_was_put_aside() throws Exception {
    long position = parkSecond();
    daybook.transaction(
        transaction -> DSL.using(transaction).execute("update dead_letters set seq = 9"));

    daybook.subscriptions().retryDeadLetter("parcels", position);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      Await.until(
          () ->
              daybook.subscriptions().deadLetters("parcels").stream()
                  .allMatch(letter -> letter.attempts() == 2));
      assertThat(subscription.state()).isNotEqualTo(SubscriptionState.FAILED);
    }
    assertThat(handled).isEmpty();
    assertThat(daybook.subscriptions().deadLetters("parcels"))
        .singleElement()
        .satisfies(letter -> assertThat(letter.error()).contains("not in the journal"));
  }

  private long parkSecond() throws InterruptedException {
    appendMoves("a", 2);
    runToTheEnd(subscriber(failingAt(2)).onFailure(OnFailure.park().withoutRetries()));
    handled.clear();
    return journal.latestPosition();
  }

  @Test
  void drops_a_dead_letter() throws Exception {
    appendMoves("a", 2);
    runToTheEnd(subscriber(failingAt(2)).onFailure(OnFailure.park().withoutRetries()));
    long position = daybook.subscriptions().deadLetters("parcels").get(0).position();

    assertThat(daybook.subscriptions().dropDeadLetter("parcels", position)).isTrue();
    assertThat(daybook.subscriptions().dropDeadLetter("parcels", position)).isFalse();
    assertThat(daybook.subscriptions().deadLetters("parcels")).isEmpty();
  }

  @Test
  void an_event_that_can_not_be_decoded_is_treated_like_one_that_can_not_be_handled()
      throws Exception {
    appendMoves("a", 1);
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("Unheard", "{}"));
    appendMoves("a", 1);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)).onFailure(OnFailure.park()));

    assertThat(seqs(handled)).containsExactly(1L, 3L);
    DeadLetter letter = daybook.subscriptions().deadLetters("parcels").get(0);
    assertThat(letter.attempts()).isOne();
    assertThat(letter.error()).contains("EventDecodeException");
  }

  private AtLeastOnce<ParcelEvent> failingAt(long seq) {
    return AtLeastOnce.each(
        event -> {
          if (event.seq() == seq) {
            throw new IllegalStateException("bad event");
          }
          handled.add(event);
        });
  }
}
