package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Subscriptions that are paused, moved, failed or closed at a bad moment. */
public abstract class DisturbedSubscriptionConformance extends SubscribingConformance {

  /** More than are read at once. */
  private static final int PAGES = 1_200;

  protected DisturbedSubscriptionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_stream_goes_on_where_it_was_paused_amid_a_page() throws Exception {
    appendMoves("a", PAGES);
    Subscription[] self = new Subscription[1];
    CountDownLatch known = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          known.await();
                          handled.add(event);
                          if (event.seq() == 100) {
                            self[0].pause();
                          }
                        }))
                .select(EventQuery.stream("a")))) {
      self[0] = subscription;
      known.countDown();
      Await.state(subscription, SubscriptionState.PAUSED);
      assertThat(handled).hasSize(100);
      subscription.resume();
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(seqs(handled)).isEqualTo(upTo(PAGES));
  }

  @Test
  void a_stream_begins_again_when_it_is_moved_amid_a_page() throws Exception {
    appendMoves("a", PAGES);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          handled.add(event);
                          if (event.seq() == 100) {
                            inside.countDown();
                            go.await();
                          }
                        }))
                .select(EventQuery.stream("a")))) {
      Await.reached(inside);
      daybook.subscriptions().reset("parcels", StartFrom.beginning());
      go.countDown();
      Await.until(() -> info().position() == journal.latestPosition());
      Await.state(subscription, SubscriptionState.LIVE);
    }
    assertThat(handled).hasSizeGreaterThanOrEqualTo(PAGES + 100);
    assertThat(seqs(handled.subList(handled.size() - PAGES, handled.size())))
        .isEqualTo(upTo(PAGES));
  }

  @Test
  void all_that_was_applied_before_a_bad_event_stays_applied_once() throws Exception {
    appendMoves("a", 250);
    List<Long> applied = new CopyOnWriteArrayList<>();
    Subscription failing =
        start(
            subscriber(
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          if (event.seq() == 150) {
                            throw new IllegalStateException("bad event");
                          }
                          count(transaction, event);
                        }))
                .select(EventQuery.stream("a"))
                .onFailure(OnFailure.stop().withoutRetries()));
    Await.state(failing, SubscriptionState.FAILED);
    failing.close();
    assertThat(info().position()).isEqualTo(readStream("a").get(148).position());

    try (Subscription subscription =
        start(
            subscriber(
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          count(transaction, event);
                          applied.add(event.seq());
                        }))
                .select(EventQuery.stream("a")))) {
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(applied).isEqualTo(LongStream.rangeClosed(150, 250).boxed().toList());
    assertThat(counted()).isEqualTo(250);
  }

  @Test
  void a_lane_that_waits_for_its_own_database_does_not_hold_up_the_end_of_the_others()
      throws Exception {
    String waiting = "w";
    String failing =
        IntStream.range(0, 100)
            .mapToObj(number -> "f" + number)
            .filter(id -> (id.hashCode() & 1) != (waiting.hashCode() & 1))
            .findFirst()
            .orElseThrow();
    appendMoves(waiting, 1);
    appendMoves(failing, 1);
    CountDownLatch waits = new CountDownLatch(2);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.streamId().equals(waiting)) {
                            waits.countDown();
                            throw new ConnectionLostException("gone for good", null);
                          }
                          waits.await();
                          throw new IllegalStateException("bad event");
                        }))
                .partitions(2)
                .onFailure(OnFailure.stop().withoutRetries()))) {
      Await.state(subscription, SubscriptionState.FAILED);
    }
    assertThat(info().owner()).isEmpty();
    assertThat(info().stop().orElseThrow().reason()).contains("bad event");
  }

  @Test
  void a_slow_handler_loses_no_more_than_the_last_moments_when_it_is_killed() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = new ArrayList<>(appendMoves("a", 1));
    Semaphore begun = new Semaphore(0);
    Semaphore go = new Semaphore(0);
    try (Subscription subscription =
        start(
            subscriber(
                AtLeastOnce.each(
                    event -> {
                      begun.release();
                      go.acquire();
                    })))) {
      // It never comes to an end of what there is, and sooner or later the checkpoint is due.
      Await.until(
          () -> {
            Await.until(begun::tryAcquire);
            boolean savedToHere =
                events.size() > 1 && info().position() == events.get(events.size() - 2).position();
            if (!savedToHere) {
              events.addAll(appendMoves("a", 1));
              go.release();
            }
            return savedToHere;
          });
      go.release();
      long last = events.get(events.size() - 1).position();
      Await.position(subscription, last);
    }
  }

  @Test
  void a_slow_partition_loses_no_more_than_that_either() throws Exception {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 2);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.seq() == 1) {
                            go.await();
                          } else {
                            free.await();
                          }
                        }))
                .partitions(2))) {
      Await.until(() -> isWaiting("daybook-parcels-0"));
      go.countDown();
      Await.until(() -> info().position() == events.get(0).position());
      free.countDown();
      Await.position(subscription, events.get(1).position());
    }
  }

  @Test
  void what_is_appended_after_the_start_is_behind_the_end() throws Exception {
    appendMoves("a", 1);
    for (int i = 0; i < 50; i++) {
      handled.clear();
      try (Subscription subscription =
          start(
              Subscriber.of("parcels-" + i, journal, AtLeastOnce.each(handled::add))
                  .from(StartFrom.end()))) {
        RecordedEvent<ParcelEvent> event = appendMoves("a", 1).get(0);
        Await.position(subscription, event.position());
        assertThat(handled).containsExactly(event);
      }
    }
  }

  @Test
  void a_thread_that_ends_ends_the_subscription_and_leaves_no_partition_behind() throws Exception {
    Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          throw new OutOfMemoryError("not about the event");
                        }))
                .onFailure(OnFailure.skip())
                .partitions(3));
    appendMoves("a", 1);

    Await.state(subscription, SubscriptionState.FAILED);
    Await.until(() -> subscription.done().toCompletableFuture().isCompletedExceptionally());
    subscription.close();
    Await.until(() -> threadsOf("parcels").isEmpty());
  }

  @Test
  void a_dead_letter_is_retried_on_no_thread_beside_the_partitions() throws Exception {
    String other = anotherLane("a", 2);
    appendMoves("a", 1);
    appendMoves(other, 1);
    AtomicBoolean good = new AtomicBoolean();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Subscription subscription =
        start(
            subscriber(
                    AtLeastOnce.each(
                        event -> {
                          if (event.streamId().equals("a") && event.seq() == 1 && !good.get()) {
                            throw new IllegalStateException("bad event");
                          }
                          if (event.streamId().equals("a") && event.seq() == 2) {
                            inside.countDown();
                            go.await();
                          }
                          handled.add(event);
                        }))
                .partitions(2)
                .onFailure(OnFailure.park().withoutRetries()))) {
      Await.state(subscription, SubscriptionState.LIVE);
      RecordedEvent<ParcelEvent> blocking = appendMoves("a", 1).get(0);
      Await.reached(inside);
      good.set(true);
      assertThat(daybook.subscriptions().retryDeadLetter("parcels", everything().get(0).position()))
          .isTrue();
      for (int i = 0; i < 3; i++) {
        RecordedEvent<ParcelEvent> next = appendMoves(other, 1).get(0);
        Await.until(() -> handled.contains(next));
      }
      assertThat(handled).noneMatch(event -> event.streamId().equals("a"));
      go.countDown();
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
      Await.position(subscription, blocking.position());
    }
    assertThat(handled).contains(everything().get(0));
  }

  @Test
  void closing_the_daybook_asks_all_to_stop_before_it_waits_for_any() throws Exception {
    List<Subscription> idle = new ArrayList<>();
    List<Subscription> busy = new ArrayList<>();
    appendMoves("a", 1);
    CountDownLatch inside = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      Subscription other =
          start(
              Subscriber.of("idle-" + i, journal, AtLeastOnce.each(handled::add))
                  .from(StartFrom.end()));
      Await.state(other, SubscriptionState.LIVE);
      idle.add(other);
      busy.add(
          start(
              Subscriber.of(
                  "busy-" + i,
                  journal,
                  AtLeastOnce.each(
                      event -> {
                        inside.countDown();
                        if (other.awaitState(SubscriptionState.STOPPED, LONG)) {
                          handled.add(event);
                        }
                      }))));
    }
    Await.reached(inside);
    daybook.close();

    assertThat(busy)
        .allSatisfy(each -> assertThat(each.state()).isEqualTo(SubscriptionState.STOPPED));
    assertThat(idle)
        .allSatisfy(each -> assertThat(each.state()).isEqualTo(SubscriptionState.STOPPED));
    assertThat(handled).hasSize(8);
  }

  @Test
  void closing_the_daybook_waits_for_all_who_are_stuck_at_the_same_time() throws Exception {
    appendMoves("a", 1);
    int stuck = 4;
    CountDownLatch inside = new CountDownLatch(stuck);
    CountDownLatch interrupted = new CountDownLatch(stuck);
    List<Boolean> together = new CopyOnWriteArrayList<>();
    for (int n = 0; n < stuck; n++) {
      start(
          subscriber(
                  "stuck-" + n,
                  AtLeastOnce.each(
                      event -> {
                        inside.countDown();
                        try {
                          new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                          interrupted.countDown();
                          // Less than one that was interrupted is waited for.
                          together.add(interrupted.await(8, TimeUnit.SECONDS));
                        }
                      }))
              .stopTimeout(Duration.ofMillis(100)));
    }
    Await.reached(inside);

    daybook.close();

    assertThat(together).containsExactly(true, true, true, true);
  }

  @Test
  void closing_one_inside_a_transaction_that_it_would_wait_for_is_refused() throws Exception {
    appendMoves("a", 1);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(handled::add)));
        Registration registration = daybook.notifier().onNews(position -> {})) {
      Await.state(subscription, SubscriptionState.LIVE);
      daybook.transaction(
          transaction -> {
            assertThatThrownBy(subscription::close).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(registration::close).isInstanceOf(IllegalStateException.class);
          });
      long position = appendMoves("a", 1).get(0).position();
      Await.position(subscription, position);
    }
  }

  @Test
  void one_can_wait_for_ever_and_retry_after_ever() throws Exception {
    Duration ever = ChronoUnit.FOREVER.getDuration();
    long position = appendMoves("a", 1).get(0).position();
    try (Subscription subscription =
        start(
            subscriber(AtLeastOnce.each(handled::add))
                .stopTimeout(ever)
                .onFailure(OnFailure.stop().retries(1, ever, ever)))) {
      assertThat(subscription.awaitPosition(position, ever)).isTrue();
      assertThat(subscription.awaitState(SubscriptionState.LIVE, ever)).isTrue();
      assertThat(daybook.notifier().awaitPosition(position, ever)).isTrue();
      FutureTask<Boolean> wait =
          new FutureTask<>(() -> daybook.notifier().awaitPosition(position + 1, ever));
      Thread waiting = new Thread(wait, "waiting");
      waiting.start();
      Await.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      appendMoves("a", 1);
      assertThat(Await.result(wait)).isTrue();
    }
    CountDownLatch failed = new CountDownLatch(1);
    Subscription failing =
        start(
            Subscriber.of(
                    "failing",
                    journal,
                    AtLeastOnce.each(
                        event -> {
                          failed.countDown();
                          throw new IllegalStateException("bad event");
                        }))
                .onFailure(OnFailure.stop().retries(1, ever, ever)));
    Await.until(() -> failed.getCount() == 0 && isWaiting("daybook-failing"));
    failing.close();
    assertThat(failing.state()).isEqualTo(SubscriptionState.STOPPED);
  }

  @Test
  void a_lease_without_an_end_is_refused() {
    assertThatThrownBy(
            () ->
                subscriber(AtLeastOnce.each(handled::add)).lease(ChronoUnit.FOREVER.getDuration()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void a_bad_sql_listener_keeps_no_news_from_anybody() throws Exception {
    openWith(
        options ->
            options.sqlListener(
                sql -> {
                  throw new IllegalStateException("bad listener");
                }));
    List<Long> told = new CopyOnWriteArrayList<>();
    try (Registration registration = daybook.notifier().onNews(told::add)) {
      assertThat(registration).isNotNull();
      appendMoves("a", 1);
      Await.until(() -> told.contains(1L));
    }
  }

  @Test
  void closing_the_daybook_waits_for_those_who_are_told_of_news() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Registration registration =
        daybook
            .notifier()
            .onNews(
                position -> {
                  inside.countDown();
                  awaitUninterruptibly(go);
                });
    appendMoves("a", 1);
    Await.reached(inside);
    Thread closing = new Thread(() -> daybook.close(), "closing");
    closing.start();
    Await.until(() -> isWaiting("closing"));
    go.countDown();
    closing.join();

    assertThat(threadsOf("news")).isEmpty();
    registration.close();
  }

  /** A stream's name that another of so many lanes gets. */
  private static String anotherLane(String streamId, int lanes) {
    int n = 0;
    while (Math.floorMod(("other" + n).hashCode(), lanes)
        == Math.floorMod(streamId.hashCode(), lanes)) {
      n++;
    }
    return "other" + n;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
