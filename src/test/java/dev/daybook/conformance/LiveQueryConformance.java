package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ClosedException;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.query.Feed;
import dev.daybook.query.Queries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feeds that end, and feeds that go on, pulled and pushed. */
public abstract class LiveQueryConformance extends JournalConformance {

  private Queries<ParcelEvent> queries;

  protected LiveQueryConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void queries() {
    queries = daybook.queries(journal);
  }

  @Test
  void a_current_feed_ends_with_what_is_there() {
    appendMoves("a", 3);
    appendTagged("b", "x");

    for (EventQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAnyOf("x"),
            EventQuery.stream("a").newestFirst().limit(2))) {
      try (Stream<RecordedEvent<ParcelEvent>> events = queries.currentEvents(query).stream()) {
        assertThat(events).isEqualTo(journal.read(query));
      }
      Subscriber<RecordedEvent<ParcelEvent>> pushed = subscribe(queries.currentEvents(query), 10);
      pushed.awaitEnd();
      assertThat(pushed.elements()).isEqualTo(journal.read(query));
      assertThat(pushed.failure()).isNull();
    }
  }

  @Test
  void a_live_feed_goes_on_with_what_comes() {
    for (EventQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAnyOf("x"),
            EventQuery.all().after(2),
            EventQuery.stream("a"),
            EventQuery.stream("a").from(5))) {
      appendMoves("a", 2);
      appendTagged("a", "x");
      try (Stream<RecordedEvent<ParcelEvent>> events = queries.liveEvents(query).stream()) {
        Subscriber<RecordedEvent<ParcelEvent>> pushed = subscribe(queries.liveEvents(query), 1000);
        int there = journal.read(query).size();
        Iterator<RecordedEvent<ParcelEvent>> pulled = events.iterator();
        List<RecordedEvent<ParcelEvent>> taken = take(pulled, there);
        appendMoves("a", 2);
        appendMoves("b", 1);
        appendTagged("a", "x");
        appendTagged("b", "x");
        List<RecordedEvent<ParcelEvent>> expected = journal.read(query);
        taken.addAll(take(pulled, expected.size() - there));
        Await.until(() -> pushed.elements().size() == expected.size());

        assertThat(taken).as("%s", query).isEqualTo(expected);
        assertThat(pushed.elements()).as("%s", query).isEqualTo(expected);
        pushed.cancel();
      }
    }
    Await.until(() -> publications().isEmpty());
  }

  @Test
  void a_live_feed_waits_for_the_next_element_and_ends_when_it_is_closed() throws Exception {
    List<RecordedEvent<ParcelEvent>> seen = new CopyOnWriteArrayList<>();
    FutureTask<Long> reading;
    try (Stream<RecordedEvent<ParcelEvent>> events =
        queries.liveEvents(EventQuery.all()).stream()) {
      reading = inBackground(() -> events.peek(seen::add).count());
      appendMoves("a", 3);
      Await.until(() -> seen.size() == 3);
      assertThat(reading).isNotDone();
    }
    assertThat(Await.result(reading)).isEqualTo(3);
  }

  @Test
  void a_live_query_can_not_have_an_end() {
    for (EventQuery query :
        List.of(
            EventQuery.all().limit(3),
            EventQuery.stream("a").to(3),
            EventQuery.stream("a").newestFirst())) {
      assertThatThrownBy(() -> queries.liveEvents(query))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected a query without either");
    }
  }

  @Test
  void stream_ids_are_listed_and_then_followed() {
    appendMoves("b1", 2);
    appendMoves("a", 1);
    appendMoves("b0", 1);
    try (Stream<String> current = queries.currentStreamIds("b").stream();
        Stream<String> live = queries.liveStreamIds("b").stream()) {
      assertThat(current).containsExactly("b0", "b1");

      Iterator<String> ids = live.iterator();
      assertThat(take(ids, 2)).containsExactly("b0", "b1");
      appendMoves("b1", 1);
      appendMoves("b3", 2);
      appendMoves("a2", 1);
      appendMoves("b2", 1);
      assertThat(take(ids, 2)).containsExactly("b3", "b2");
      journal.raiseHighWaterMark("b4", 7);
      appendMoves("b4", 1);
      assertThat(take(ids, 1)).containsExactly("b4");
    }
  }

  @Test
  void streams_that_begin_while_they_are_listed_come_once() {
    for (int i = 0; i < 5; i++) {
      appendMoves("s" + 2 * i, 1);
    }
    try (Stream<String> live = queries.liveStreamIds("s").stream()) {
      Iterator<String> ids = live.iterator();
      List<String> taken = take(ids, 2);
      for (int i = 0; i < 5; i++) {
        appendMoves("s" + (2 * i + 1), 1);
      }
      taken.addAll(take(ids, 8));
      appendMoves("s last", 1);
      taken.addAll(take(ids, 1));

      assertThat(taken).doesNotHaveDuplicates().hasSize(11).endsWith("s last");
    }
  }

  @Test
  void a_subscriber_is_given_no_more_than_it_has_requested() {
    appendMoves("a", 10);
    for (Feed<RecordedEvent<ParcelEvent>> feed :
        List.of(queries.currentEvents(EventQuery.all()), queries.liveEvents(EventQuery.all()))) {
      Subscriber<RecordedEvent<ParcelEvent>> pushed = subscribe(feed, 3);
      Await.until(() -> pushed.elements().size() == 3);
      pushed.request(4);
      Await.until(() -> pushed.elements().size() == 7);
      assertThat(pushed.ended()).isFalse();
      pushed.request(3);
      Await.until(() -> pushed.elements().size() == 10);
      assertThat(pushed.elements()).isEqualTo(everything());
      assertThat(pushed.mostUnrequested()).isZero();
      pushed.cancel();
    }
    Await.until(() -> publications().isEmpty());
  }

  @Test
  void a_current_publisher_completes_without_further_demand() {
    appendMoves("a", 3);
    Subscriber<RecordedEvent<ParcelEvent>> pushed =
        subscribe(queries.currentEvents(EventQuery.all()), 3);
    pushed.awaitEnd();

    assertThat(pushed.elements()).hasSize(3);
    assertThat(pushed.failure()).isNull();
  }

  @Test
  void a_request_for_nothing_is_an_error() {
    appendMoves("a", 3);
    Subscriber<RecordedEvent<ParcelEvent>> pushed =
        subscribe(queries.liveEvents(EventQuery.all()), 1);
    pushed.request(0);
    pushed.awaitEnd();

    assertThat(pushed.failure()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_event_that_can_not_be_decoded_is_an_error() {
    appendMoves("a", 1);
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("Unheard", "{}"));
    for (Feed<RecordedEvent<ParcelEvent>> feed :
        List.of(queries.currentEvents(EventQuery.all()), queries.liveEvents(EventQuery.all()))) {
      try (Stream<RecordedEvent<ParcelEvent>> events = feed.stream()) {
        Iterator<RecordedEvent<ParcelEvent>> pulled = events.iterator();
        assertThat(take(pulled, 1)).hasSize(1);
        assertThatThrownBy(pulled::next).isInstanceOf(EventDecodeException.class);
      }
      Subscriber<RecordedEvent<ParcelEvent>> pushed = subscribe(feed, 10);
      pushed.awaitEnd();
      assertThat(pushed.elements()).hasSize(1);
      assertThat(pushed.failure()).isInstanceOf(EventDecodeException.class);
    }
  }

  @Test
  void closing_the_daybook_ends_those_who_wait() {
    Subscriber<RecordedEvent<ParcelEvent>> pushed =
        subscribe(queries.liveEvents(EventQuery.all()), 1);
    Subscriber<String> unasked = subscribe(queries.liveStreamIds(""), 0);
    try (Stream<RecordedEvent<ParcelEvent>> events =
        queries.liveEvents(EventQuery.all()).stream()) {
      FutureTask<Long> count = inBackground(events::count);
      daybook.close();

      assertThatThrownBy(() -> Await.result(count)).hasCauseInstanceOf(ClosedException.class);
    }
    assertThat(pushed.failure()).isInstanceOf(ClosedException.class);
    assertThat(unasked.failure()).isInstanceOf(ClosedException.class);
    assertThat(publications()).isEmpty();

    Subscriber<RecordedEvent<ParcelEvent>> late =
        subscribe(queries.liveEvents(EventQuery.all()), 1);
    late.awaitEnd();
    assertThat(late.failure()).isInstanceOf(ClosedException.class);
  }

  private static <T> List<T> take(Iterator<T> elements, int count) {
    List<T> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(elements.next());
    }
    return taken;
  }

  private static <T> Subscriber<T> subscribe(Feed<T> feed, long request) {
    Subscriber<T> subscriber = new Subscriber<>();
    feed.publisher().subscribe(subscriber);
    subscriber.awaitSubscription();
    if (request > 0) {
      subscriber.request(request);
    }
    return subscriber;
  }

  private static FutureTask<Long> inBackground(Callable<Long> work) {
    FutureTask<Long> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "waiting");
    thread.setDaemon(true);
    thread.start();
    Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING || task.isDone());
    return task;
  }

  private static List<String> publications() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter("daybook-publication"::equals)
        .toList();
  }

  /** Takes what it has asked for, and notices what it has not. */
  private static final class Subscriber<T> implements Flow.Subscriber<T> {

    private final List<T> elements = new CopyOnWriteArrayList<>();
    private final AtomicLong demand = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile long unrequested;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(T element) {
      unrequested = Math.max(unrequested, -demand.decrementAndGet());
      elements.add(element);
    }

    @Override
    public void onError(Throwable reason) {
      failure = reason;
      end.countDown();
    }

    @Override
    public void onComplete() {
      end.countDown();
    }

    void request(long n) {
      demand.addAndGet(n);
      subscription.join().request(n);
    }

    void cancel() {
      subscription.join().cancel();
    }

    List<T> elements() {
      return elements;
    }

    @Nullable Throwable failure() {
      return failure;
    }

    boolean ended() {
      return end.getCount() == 0;
    }

    long mostUnrequested() {
      return unrequested;
    }

    void awaitSubscription() {
      Await.until(subscription::isDone);
    }

    void awaitEnd() {
      Await.until(this::ended);
    }
  }
}
