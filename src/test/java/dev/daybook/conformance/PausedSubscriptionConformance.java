package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions that are paused while their handlers are at work, or can't be. */
public abstract class PausedSubscriptionConformance extends SubscribingConformance {

  protected PausedSubscriptionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_partitioned_one_that_is_paused_with_all_it_can_take_takes_nothing_twice()
      throws Exception {
    for (int i = 0; i < 5; i++) {
      appendMoves("s" + i, 800);
    }
    CountDownLatch inside = new CountDownLatch(4);
    CountDownLatch go = new CountDownLatch(1);
    Map<String, List<Long>> bySeq = new ConcurrentHashMap<>();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          inside.countDown();
                          go.await();
                          record(bySeq, event);
                        }))
                .partitions(3))) {
      Await.until(() -> inside.getCount() < 4 && isWaiting("daybook-parcels"));
      subscription.pause();
      go.countDown();
      Await.state(subscription, SubscriptionState.PAUSED);
      subscription.resume();
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(bySeq).hasSize(5).allSatisfy((id, seqs) -> assertThat(seqs).isEqualTo(upTo(800)));
  }

  @Test
  void a_partitioned_one_survives_being_paused_and_resumed_at_any_time() throws Exception {
    for (int i = 0; i < 3_000; i += 30) {
      for (int stream = 0; stream < 5; stream++) {
        appendMoves("s" + stream, 6);
      }
    }
    Map<String, List<Long>> bySeq = new ConcurrentHashMap<>();
    try (Subscription subscription =
        start(subscriber(AtLeastOnce.each(event -> record(bySeq, event))).partitions(4))) {
      while (subscription.position() < journal.latestPosition() / 2) {
        subscription.pause();
        subscription.resume();
      }
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(bySeq).hasSize(5).allSatisfy((id, seqs) -> assertThat(seqs).isEqualTo(upTo(600)));
  }

  /** A database of the handler's own, which is not there for a while. */
  private static final class AwayDatabase {

    private final CountDownLatch usedInVain = new CountDownLatch(2);
    private volatile boolean away = true;

    void use() {
      if (away) {
        usedInVain.countDown();
        throw new ConnectionLostException("gone", null);
      }
    }

    /** Until it was, and again. */
    void awaitUsedInVain() throws InterruptedException {
      Await.reached(usedInVain);
    }

    void comeBack() {
      away = false;
    }
  }

  private static void pause(Subscription subscription) throws InterruptedException {
    subscription.pause();
    Await.state(subscription, SubscriptionState.PAUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void one_pauses_in_front_of_an_event_whose_database_is_away(int partitions) throws Exception {
    appendMoves("a", 5);
    AwayDatabase needed = new AwayDatabase();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.seq() == 2) {
                            needed.use();
                          }
                          handled.add(event);
                        }))
                .partitions(partitions)
                .onFailure(OnFailure.skip().withoutRetries()))) {
      needed.awaitUsedInVain();
      pause(subscription);
      assertThat(seqs(handled)).containsExactly(1L);
      assertThat(info().position()).isEqualTo(everything().get(0).position());
      needed.comeBack();
      subscription.resume();
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(seqs(handled)).isEqualTo(upTo(5));
  }

  @Test
  void one_that_works_exactly_once_pauses_in_front_of_an_event_whose_database_is_away()
      throws Exception {
    appendMoves("a", 5);
    AwayDatabase needed = new AwayDatabase();
    try (Subscription subscription =
        start(
            subscriber(
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          count(transaction, event);
                          if (event.seq() == 2) {
                            needed.use();
                          }
                        }))
                .select(EventQuery.stream("a"))
                .onFailure(OnFailure.skip().withoutRetries()))) {
      needed.awaitUsedInVain();
      pause(subscription);
      assertThat(counted()).isOne();
      needed.comeBack();
      subscription.resume();
      Await.position(subscription, readStream("a").get(4).position());
    }
    assertThat(counted()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void a_batch_that_was_taken_apart_goes_on_behind_what_was_handled_before_the_pause(int partitions)
      throws Exception {
    appendMoves("a", 25);
    AwayDatabase needed = new AwayDatabase();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.inBatches(
                        10,
                        events -> {
                          if (events.size() > 1) {
                            throw new IllegalStateException("too many");
                          }
                          if (events.get(0).seq() == 13) {
                            needed.use();
                          }
                          handled.addAll(events);
                        }))
                .partitions(partitions)
                .onFailure(OnFailure.skip().withoutRetries()))) {
      needed.awaitUsedInVain();
      pause(subscription);
      assertThat(seqs(handled)).isEqualTo(upTo(12));
      needed.comeBack();
      subscription.resume();
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(seqs(handled)).isEqualTo(upTo(25));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void one_pauses_before_it_tries_an_event_again_and_then_tries_it_as_often_as_ever(int partitions)
      throws Exception {
    appendMoves("a", 3);
    Duration ever = ChronoUnit.FOREVER.getDuration();
    AtomicInteger failures = new AtomicInteger(2);
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch failedAgain = new CountDownLatch(2);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.seq() == 2 && failures.getAndDecrement() > 0) {
                            failed.countDown();
                            failedAgain.countDown();
                            throw new IllegalStateException("not yet");
                          }
                          handled.add(event);
                        }))
                .partitions(partitions)
                .onFailure(OnFailure.stop().retries(1, ever, ever)))) {
      for (CountDownLatch tried : List.of(failed, failedAgain)) {
        Await.reached(tried);
        pause(subscription);
        assertThat(seqs(handled)).containsExactly(1L);
        subscription.resume();
        Await.until(() -> subscription.state() != SubscriptionState.PAUSED);
      }
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(seqs(handled)).isEqualTo(upTo(3));
  }

  @Test
  void one_pauses_while_the_database_of_a_dead_letter_is_away() throws Exception {
    appendMoves("a", 1);
    AtomicInteger calls = new AtomicInteger();
    AwayDatabase needed = new AwayDatabase();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (calls.getAndIncrement() == 0) {
                            throw new IllegalStateException("bad event");
                          }
                          needed.use();
                          handled.add(event);
                        }))
                .onFailure(OnFailure.park().withoutRetries()))) {
      Await.state(subscription, SubscriptionState.LIVE);
      long position = journal.latestPosition();
      assertThat(daybook.subscriptions().retryDeadLetter("parcels", position)).isTrue();
      needed.awaitUsedInVain();
      pause(subscription);
      assertThat(daybook.subscriptions().deadLetters("parcels"))
          .extracting(DeadLetter::attempts)
          .containsExactly(1L);
      needed.comeBack();
      subscription.resume();
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
    }
    assertThat(seqs(handled)).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void one_survives_being_paused_at_any_time_while_a_database_comes_and_goes(int partitions)
      throws Exception {
    for (int stream = 0; stream < 5; stream++) {
      appendMoves("s" + stream, 60);
    }
    Map<String, List<Long>> bySeq = new ConcurrentHashMap<>();
    Set<Long> failed = ConcurrentHashMap.newKeySet();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.inBatches(
                        7,
                        events -> {
                          long last = events.get(events.size() - 1).position();
                          if (last % 5 == 0 && failed.add(last)) {
                            throw new ConnectionLostException("gone", null);
                          }
                          events.forEach(event -> record(bySeq, event));
                        }))
                .partitions(partitions)
                .onFailure(OnFailure.stop().withoutRetries()))) {
      while (subscription.position() < journal.latestPosition()) {
        subscription.pause();
        subscription.resume();
      }
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(bySeq).hasSize(5).allSatisfy((id, seqs) -> assertThat(seqs).isEqualTo(upTo(60)));
  }

  private static void record(Map<String, List<Long>> bySeq, RecordedEvent<?> event) {
    bySeq.computeIfAbsent(event.streamId(), id -> new CopyOnWriteArrayList<>()).add(event.seq());
  }
}
