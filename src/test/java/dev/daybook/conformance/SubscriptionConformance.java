package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a subscription at least once is given: which events, in which order, and from where on. */
public abstract class SubscriptionConformance extends SubscribingConformance {

  protected SubscriptionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void catches_up_and_then_follows() throws Exception {
    appendMoves("a", 3);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      Await.state(subscription, SubscriptionState.LIVE);
      assertThat(handled).isEqualTo(everything());

      long position = appendMoves("b", 2).get(1).position();
      Await.position(subscription, position);
      assertThat(handled).isEqualTo(everything());
    }
  }

  @Test
  void goes_on_behind_its_checkpoint_when_it_is_started_again() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    appendMoves("a", 2);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));

    assertThat(handled).isEqualTo(everything());
  }

  @Test
  void begins_at_the_end_or_behind_a_position_if_asked_to() throws Exception {
    long second = appendMoves("a", 4).get(1).position();
    List<RecordedEvent<ParcelEvent>> late = new CopyOnWriteArrayList<>();
    try (Subscription end =
            start(subscriber("end", AtLeastOnce.each(late::add)).from(StartFrom.end()));
        Subscription middle =
            start(
                subscriber("middle", AtLeastOnce.each(handled::add))
                    .from(StartFrom.position(second)))) {
      Await.state(end, SubscriptionState.LIVE);
      long last = appendMoves("a", 1).get(0).position();
      Await.position(end, last);
      Await.position(middle, last);
    }
    assertThat(seqs(late)).containsExactly(5L);
    assertThat(seqs(handled)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void where_it_begins_matters_only_without_a_checkpoint() throws Exception {
    appendMoves("a", 2);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    appendMoves("a", 1);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)).from(StartFrom.beginning()));

    assertThat(seqs(handled)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void is_given_only_what_it_selects() throws Exception {
    for (EventQuery query :
        List.of(
            EventQuery.all().taggedAnyOf("x"),
            EventQuery.all().ofTypes("Delivered"),
            EventQuery.all().inStreams("a"),
            EventQuery.stream("ab"),
            EventQuery.stream("ab").ofTypes("Moved"))) {
      handled.clear();
      String name = "selects " + query;
      appendTagged("ab", "x");
      appendMoves("ab", 2);
      appendTagged("b", "x", "y");
      journal.append("b", ExpectedSeq.any(), ParcelEvent.delivered());
      try (Subscription subscription =
          start(subscriber(name, AtLeastOnce.each(handled::add)).select(query))) {
        Await.state(subscription, SubscriptionState.LIVE);
        assertThat(handled).as("caught up with %s", query).isEqualTo(journal.read(query));

        appendMoves("ab", 2);
        appendTagged("ab", "x");
        journal.append("b", ExpectedSeq.any(), ParcelEvent.delivered());
        long last = appendTagged("c").position();
        Await.position(subscription, last);
        assertThat(handled).as("followed %s", query).isEqualTo(journal.read(query));
      }
      assertThat(daybook.subscriptions().find(name).orElseThrow().lagEvents()).isZero();
    }
  }

  @Test
  void refuses_a_selection_with_bounds_or_another_order() {
    for (EventQuery query :
        List.of(
            EventQuery.all().after(3),
            EventQuery.all().limit(3),
            EventQuery.stream("a").from(2),
            EventQuery.stream("a").newestFirst())) {
      assertThatThrownBy(() -> start(subscriber(AtLeastOnce.each(handled::add)).select(query)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected filters only");
    }
  }

  @Test
  void hands_out_batches_of_at_most_the_size_that_was_asked_for() throws Exception {
    appendMoves("a", 25);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    runToTheEnd(
        subscriber(
            AtLeastOnce.inBatches(
                10,
                events -> {
                  sizes.add(events.size());
                  handled.addAll(events);
                })));

    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(handled).isEqualTo(everything());
  }

  @Test
  void more_events_than_a_page_come_in_order() throws Exception {
    for (int i = 0; i < 6; i++) {
      appendMoves("s" + i % 3, 250);
    }
    for (EventQuery query : List.of(EventQuery.all(), EventQuery.stream("s1"))) {
      handled.clear();
      runToTheEnd(subscriber("paged " + query, AtLeastOnce.each(handled::add)).select(query));
      assertThat(handled).isEqualTo(journal.read(query));
    }
  }

  @Test
  void an_event_that_was_deleted_before_it_came_is_done_with() throws Exception {
    appendMoves("a", 1);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)))) {
      Await.state(subscription, SubscriptionState.LIVE);
      subscription.pause();
      Await.state(subscription, SubscriptionState.PAUSED);
      long deleted = appendMoves("a", 1).get(0).position();
      journal.delete("a", 2);
      subscription.resume();

      Await.position(subscription, deleted);
    }
    assertThat(seqs(handled)).containsExactly(1L);
  }

  @Test
  void what_is_restored_from_an_archive_comes_again_at_the_end() throws Exception {
    // Without polling, so that only the restoring can wake it.
    if (database.isShared()) {
      openWith(options -> options.pollInterval(Duration.ZERO));
    }
    appendMoves("b", 1);
    appendMoves("a", 2);
    List<RecordedEvent<ParcelEvent>> ofOne = new CopyOnWriteArrayList<>();
    try (Daybook archive = Daybook.inMemory();
        Subscription all = start(subscriber("all", AtLeastOnce.each(handled::add)));
        Subscription one =
            start(subscriber("one", AtLeastOnce.each(ofOne::add)).select(EventQuery.stream("a")))) {
      Await.state(all, SubscriptionState.LIVE);
      Await.state(one, SubscriptionState.LIVE);
      daybook.streams().archiveTo("a", archive.streams());
      daybook.streams().restoreFrom("a", archive.streams());
      Await.position(all, 5);
      Await.position(one, 5);
    }
    assertThat(handled)
        .extracting(event -> event.streamId() + event.seq())
        .containsExactly("b1", "a1", "a2", "a1", "a2");
    assertThat(seqs(ofOne)).containsExactly(1L, 2L, 1L, 2L);
  }

  @Test
  void a_checkpoint_ahead_of_the_journal_is_an_error_and_nothing_is_missed() throws Exception {
    appendMoves("a", 3);
    journal.delete("a", 3);
    daybook.checkpoints().reset("parcels", 3);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));

    daybook.checkpoints().reset("parcels", 77);
    Subscription ahead = start(subscriber(AtLeastOnce.each(handled::add)));
    assertThatThrownBy(() -> Await.result(ahead.done().toCompletableFuture()))
        .hasCauseInstanceOf(SubscriptionStoppedException.class)
        .hasMessageContaining("its checkpoint is at position 77")
        .hasMessageContaining("the highest that the journal ever had is 3");
    assertThatThrownBy(() -> ahead.awaitPosition(4, LONG))
        .isInstanceOf(SubscriptionStoppedException.class)
        .hasMessageContaining("its checkpoint is at position 77");
    ahead.close();

    daybook.subscriptions().reset("parcels", StartFrom.position(3));
    appendMoves("a", 2);
    runToTheEnd(subscriber(AtLeastOnce.each(handled::add)));
    assertThat(seqs(handled)).containsExactly(4L, 5L);
  }

  @Test
  void lag_is_told_in_events_and_in_time() {
    MutableClock clock = new MutableClock();
    openWith(options -> options.clock(clock));
    appendMoves("a", 2);
    clock.advance(Duration.ofSeconds(5));
    appendMoves("a", 3);
    clock.advance(Duration.ofSeconds(2));
    daybook.checkpoints().save("parcels", 0);
    assertThat(info().lagEvents()).isEqualTo(5);
    assertThat(info().lagTime()).isEqualTo(Duration.ofSeconds(7));

    daybook.checkpoints().save("parcels", everything().get(2).position());
    assertThat(info().lagEvents()).isEqualTo(2);
    assertThat(info().lagTime()).isEqualTo(Duration.ofSeconds(2));

    daybook.checkpoints().save("parcels", everything().get(4).position());
    assertThat(info().lagEvents()).isZero();
    assertThat(info().lagTime()).isZero();
    assertThat(daybook.subscriptions().list()).containsExactly(info());
    assertThat(daybook.subscriptions().find("nobody")).isEmpty();
  }

  @Test
  void partitions_keep_the_order_of_each_stream() throws Exception {
    for (int round = 0; round < 20; round++) {
      for (int stream = 0; stream < 10; stream++) {
        appendMoves("s" + stream, 5);
      }
    }
    Map<String, List<Long>> bySeq = new ConcurrentHashMap<>();
    Map<String, Thread> threads = new ConcurrentHashMap<>();
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          bySeq
                              .computeIfAbsent(event.streamId(), id -> new CopyOnWriteArrayList<>())
                              .add(event.seq());
                          threads.put(event.streamId(), Thread.currentThread());
                        }))
                .partitions(4))) {
      Await.state(subscription, SubscriptionState.LIVE);
      assertThat(subscription.position()).isEqualTo(journal.latestPosition());
    }
    assertThat(bySeq).hasSize(10);
    bySeq.forEach((stream, seqs) -> assertThat(seqs).isEqualTo(seqs(readStream(stream))));
    assertThat(threads.values().stream().distinct().count()).isGreaterThan(1);
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void a_partition_that_waits_holds_the_checkpoint_and_nobody_else() throws Exception {
    appendMoves("slow", 1);
    for (int stream = 0; stream < 20; stream++) {
      appendMoves("s" + stream, 1);
    }
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.streamId().equals("slow")) {
                            slow.await();
                          } else {
                            handled.add(event);
                            others.countDown();
                          }
                        }))
                .partitions(8))) {
      Await.reached(others);
      assertThat(subscription.position()).isZero();
      assertThat(info().position()).isZero();
      slow.countDown();
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(info().position()).isEqualTo(journal.latestPosition());
  }
}
