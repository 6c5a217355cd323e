package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Once a delete has returned, nothing of what it deleted is handed out, though it was read before.
 */
public abstract class DeletedEventsConformance extends SubscribingConformance {

  private static final int MANY = 60;

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch deleted = new CountDownLatch(1);

  protected DeletedEventsConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_handler_of_single_events_gets_none_that_was_deleted() throws Exception {
    assertNotHandedOut(
        subscriber(AtLeastOnce.each(event -> handle(List.of(event)))),
        () -> daybook.streams().delete("x"));
  }

  @Test
  void a_handler_of_batches_gets_none_that_was_deleted() throws Exception {
    assertNotHandedOut(
        subscriber(AtLeastOnce.inBatches(5, this::handle)), () -> journal.delete("x", MANY));
  }

  @Test
  void a_handler_on_several_threads_gets_none_that_was_deleted() throws Exception {
    assertNotHandedOut(
        subscriber(AtLeastOnce.each(event -> handle(List.of(event)))).partitions(3),
        () -> daybook.streams().delete("x"));
  }

  /** It is between two attempts, because on SQLite nobody deletes while it is at work. */
  @Test
  void an_exactly_once_handler_gets_none_that_was_deleted() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Subscriber<ParcelEvent> subscriber =
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      handled.add(event);
                      if (failed.getCount() > 0) {
                        failed.countDown();
                        throw new IllegalStateException("not now");
                      }
                    }))
            .onFailure(OnFailure.stop().retries(5, Duration.ofMillis(500), LONG));
    appendMoves("x", MANY);
    long last = appendMoves("y", 1).get(0).position();
    try (Subscription subscription = start(subscriber)) {
      Await.until(() -> failed.getCount() == 0);
      daybook.streams().delete("x");
      int before = handled.size();

      Await.position(subscription, last);
      assertThat(handled.subList(before, handled.size()))
          .extracting(RecordedEvent::streamId)
          .containsExactly("y");
    }
  }

  @Test
  void an_event_that_is_to_be_tried_again_is_not_once_it_was_deleted() throws Exception {
    appendMoves("x", 1);
    long last = appendMoves("y", 1).get(0).position();
    Subscriber<ParcelEvent> subscriber =
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      handled.add(event);
                      if (event.streamId().equals("x")) {
                        inside.countDown();
                        throw new IllegalStateException("not now");
                      }
                    }))
            .onFailure(OnFailure.park().retries(1000, Duration.ofMillis(20), LONG));
    try (Subscription subscription = start(subscriber)) {
      Await.until(() -> inside.getCount() == 0);
      daybook.transaction(transaction -> daybook.within(transaction).streams().delete("x"));

      Await.position(subscription, last);
      assertThat(handled.get(handled.size() - 1).streamId()).isEqualTo("y");
      assertThat(daybook.subscriptions().deadLetters("parcels")).isEmpty();
    }
  }

  @Test
  void what_another_process_has_deleted_is_not_handed_out_after_the_next_signal() throws Exception {
    Daybook other = open(options -> {});
    assertNotHandedOut(
        subscriber(AtLeastOnce.each(event -> handle(List.of(event)))),
        () -> {
          Daybook deleting = database.isShared() ? other : daybook;
          deleting.streams().delete("x");
          daybook.notifier().signal();
        });
  }

  @Test
  void a_live_stream_gives_none_that_was_deleted() {
    appendMoves("x", MANY);
    appendMoves("y", 1);
    try (Stream<RecordedEvent<ParcelEvent>> events =
        daybook.queries(journal).liveEvents(EventQuery.all()).stream()) {
      Iterator<RecordedEvent<ParcelEvent>> each = events.iterator();
      assertThat(each.next().streamId()).isEqualTo("x");

      daybook.streams().delete("x");

      assertThat(each.next().streamId()).isEqualTo("y");
    }
  }

  @Test
  void a_subscriber_is_given_none_that_was_deleted_while_it_asked_for_none() {
    appendMoves("x", MANY);
    appendMoves("y", 1);
    List<Flow.Subscription> subscriptions = new CopyOnWriteArrayList<>();
    daybook
        .queries(journal)
        .liveEvents(EventQuery.all())
        .publisher()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscriptions.add(subscription);
                subscription.request(1);
              }

              @Override
              public void onNext(RecordedEvent<ParcelEvent> event) {
                handled.add(event);
              }

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onComplete() {}
            });
    Await.until(() -> handled.size() == 1);
    Await.until(() -> isWaiting("daybook-publication"));

    daybook.streams().delete("x");
    subscriptions.get(0).request(1);

    Await.until(() -> handled.size() == 2);
    assertThat(handled.get(1).streamId()).isEqualTo("y");
    subscriptions.get(0).cancel();
  }

  /**
   * The handler is at its first call when it happens, and what it was given then does not count.
   */
  private void assertNotHandedOut(Subscriber<ParcelEvent> subscriber, Runnable delete)
      throws Exception {
    appendMoves("x", MANY);
    long last = appendMoves("y", MANY).get(MANY - 1).position();
    try (Subscription subscription = start(subscriber)) {
      Await.until(() -> inside.getCount() == 0);
      Await.until(() -> handled.stream().anyMatch(event -> event.streamId().equals("x")));
      delete.run();
      int before = handled.size();
      deleted.countDown();

      Await.position(subscription, last);
      assertThat(handled.subList(before, handled.size()))
          .isNotEmpty()
          .extracting(RecordedEvent::streamId)
          .containsOnly("y");
    }
  }

  private void handle(List<RecordedEvent<ParcelEvent>> events) throws InterruptedException {
    handled.addAll(events);
    inside.countDown();
    deleted.await();
  }
}
