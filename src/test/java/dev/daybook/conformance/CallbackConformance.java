package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * No code of the application's breaks anybody else's work or ends a thread unseen: each kind of
 * callback with each {@link Mischief}, with an interrupt left behind, and with a call that does not
 * return.
 */
public abstract class CallbackConformance extends SubscribingConformance {

  private final AtomicInteger calls = new AtomicInteger();

  protected CallbackConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_listener_of_appends_goes_on_and_so_does_everybody_else() {
    for (Mischief mischief : Mischief.values()) {
      Heard heard = new Heard();
      journal.onAppend(
          appended -> {
            heard.appended(appended);
            mischief.happen();
          });

      appendMoves(mischief.name(), 1);
      Thread.currentThread().interrupt();
      appendMoves(mischief.name(), 1);
      assertThat(Thread.interrupted()).as("an interrupt of the caller's is left to it").isTrue();

      assertThat(heard.all(journal)).hasSize(2);
      assertThat(readStream(mischief.name())).hasSize(2);
    }
  }

  @Test
  void a_listener_of_news_goes_on() {
    for (Mischief mischief : Mischief.values()) {
      List<Long> told = new CopyOnWriteArrayList<>();
      daybook
          .notifier()
          .onNews(
              position -> {
                told.add(position);
                Thread.currentThread().interrupt();
                mischief.happen();
              });

      for (int n = 1; n <= 3; n++) {
        long position = appendMoves("a", 1).get(0).position();
        Await.until(() -> told.contains(position));
      }
    }
  }

  @Test
  void a_sql_listener_harms_no_statement_and_no_transaction() throws Exception {
    AtomicReference<Mischief> current = new AtomicReference<>(Mischief.THROWS_AN_ERROR);
    openWith(
        options ->
            options.sqlListener(
                sql -> {
                  calls.incrementAndGet();
                  Objects.requireNonNull(current.get()).happen();
                }));
    for (Mischief mischief : Mischief.values()) {
      current.set(mischief);
      List<Outcome<Long>> outcomes =
          ConcurrentRendezvous.collide(
              4,
              i ->
                  () ->
                      journal.append(mischief.name() + i, ExpectedSeq.noStream(), moved(i)).seq());
      daybook.transaction(
          transaction -> journal.within(transaction).append("t", ExpectedSeq.any(), moved(1)));
      List<RecordedEvent<ParcelEvent>> got = new CopyOnWriteArrayList<>();
      runToTheEnd(subscriber(mischief.name(), AtLeastOnce.each(got::add)));

      assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(1L);
      assertThat(got).isEqualTo(everything());
      assertThat(calls.get()).isPositive();
    }
  }

  @Test
  void a_sql_listener_hears_nothing_of_the_opening() {
    appendMoves("s", 1);
    List<String> heard = new CopyOnWriteArrayList<>();
    openWith(options -> options.sqlListener(heard::add));

    daybook.schemaVersion();

    assertThat(heard).isEmpty();
  }

  @Test
  void a_clock_fails_the_append_that_asks_it_and_no_other() {
    AtomicReference<Mischief> current = new AtomicReference<>(Mischief.THROWS_AN_ERROR);
    openWith(
        options ->
            options.clock(
                new BadClock(
                    () -> {
                      if (Thread.currentThread().getName().equals("bad caller")) {
                        Objects.requireNonNull(current.get()).happen();
                      }
                    })));
    for (Mischief mischief : Mischief.values()) {
      current.set(mischief);

      List<Outcome<Integer>> outcomes =
          ConcurrentRendezvous.collide(6, i -> () -> appendAs(i, mischief.name() + i));

      assertThat(outcomes).filteredOn(outcome -> outcome.failure() != null).hasSize(3);
      assertThat(streamIds(mischief.name())).hasSize(3);
    }
  }

  @Test
  void a_codec_fails_the_append_of_its_caller_and_no_other() {
    for (Mischief mischief : Mischief.values()) {
      Journal<ParcelEvent> bad = encoding(mischief::happen);

      List<Outcome<Boolean>> outcomes =
          ConcurrentRendezvous.collide(
              6,
              i ->
                  () -> {
                    Throwable failure =
                        catchThrowable(
                            () ->
                                (i % 2 == 0 ? bad : journal)
                                    .append(mischief.name() + i, ExpectedSeq.any(), moved(i)));
                    return i % 2 == 0 ? failure instanceof EventEncodeException : failure == null;
                  });

      assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(true);
      assertThat(streamIds(mischief.name())).hasSize(3);
    }
  }

  @Test
  void what_a_codec_or_an_upcaster_throws_on_reading_is_a_failure_to_decode() {
    for (Mischief mischief : Mischief.values()) {
      appendMoves("a", 1);
      Journal<ParcelEvent> undecodable = decoding(mischief::happen);
      decoding(() -> {}).append("b", ExpectedSeq.any(), moved(1));
      Journal<ParcelEvent> upcasting =
          daybook.journal(
              EventTypes.ofSealed(ParcelEvent.class)
                  .upcast(
                      "Old",
                      1,
                      "Moved",
                      1,
                      data -> {
                        mischief.happen();
                        return data;
                      }));
      daybook
          .rawJournal()
          .append(
              "c", ExpectedSeq.any(), dev.daybook.journal.EncodedEvent.json("Old", "{\"leg\":1}"));

      assertThatThrownBy(() -> undecodable.read(EventQuery.stream("b")))
          .isInstanceOf(EventDecodeException.class);
      assertThatThrownBy(() -> upcasting.read(EventQuery.stream("c")))
          .isInstanceOf(EventDecodeException.class);
      assertThat(readStream("a")).isNotEmpty();
    }
  }

  @Test
  void what_a_handler_throws_is_parked_skipped_or_stops_it() throws Exception {
    appendMoves("a", 1);
    appendMoves("bad", 1);
    long last = appendMoves("a", 1).get(0).position();
    int parked = 0;
    for (Mischief mischief : Mischief.values()) {
      Predicate<RecordedEvent<?>> bad = event -> event.streamId().equals("bad");
      AtLeastOnce<ParcelEvent> each = AtLeastOnce.each(event -> handle(event, bad, mischief));
      List<Delivery<ParcelEvent>> deliveries =
          List.of(
              each,
              ExactlyOnce.each((transaction, event) -> handle(event, bad, mischief)),
              AtLeastOnce.inBatches(
                  10, events -> events.forEach(event -> handle(event, bad, mischief))));

      for (int i = 0; i < deliveries.size(); i++) {
        assertGoesOn(
            subscriber(mischief + " parks " + i, deliveries.get(i)), OnFailure.park(), last);
        assertGoesOn(
            subscriber(mischief + " skips " + i, deliveries.get(i)), OnFailure.skip(), last);
        assertStops(subscriber(mischief + " stops " + i, deliveries.get(i)));
      }
      assertGoesOn(subscriber(mischief + " lanes", each).partitions(3), OnFailure.park(), last);
      assertStops(subscriber(mischief + " stopping lanes", each).partitions(3));
      parked += deliveries.size() + 1;
      assertThat(daybook.subscriptions().deadLetters()).hasSize(parked);
    }
  }

  @Test
  void what_decoding_throws_is_parked() throws Exception {
    for (Mischief mischief : Mischief.values()) {
      Journal<ParcelEvent> undecodable = decoding(mischief::happen);
      appendMoves("a", 1);
      decoding(() -> {}).append("bad", ExpectedSeq.any(), moved(1));
      long last = appendMoves("a", 1).get(0).position();

      assertGoesOn(
          Subscriber.of(mischief.name(), undecodable, AtLeastOnce.each(handled::add)),
          OnFailure.park(),
          last);

      assertThat(daybook.subscriptions().deadLetters(mischief.name()))
          .hasSize((int) journal.highestSeq("bad"));
      assertThat(handled).extracting(RecordedEvent::streamId).containsOnly("a");
    }
  }

  @Test
  void a_subscriber_of_a_publication_is_dropped_and_no_other() {
    for (Mischief mischief : Mischief.values()) {
      int before = (int) appendMoves("a", 2).get(1).seq();
      List<Object> good = new CopyOnWriteArrayList<>();
      Flow.Publisher<RecordedEvent<ParcelEvent>> events =
          daybook.queries(journal).liveEvents(EventQuery.all()).publisher();

      events.subscribe(new Taking(event -> mischief.happen()));
      events.subscribe(
          new Taking(
              event -> {
                good.add(event);
                Thread.currentThread().interrupt();
              }));

      Await.until(() -> good.size() == before);
      appendMoves("a", 1);
      Await.until(() -> good.size() == before + 1);
      int others = List.of(Mischief.values()).indexOf(mischief);
      Await.until(() -> threadsOf("publication").size() == 1 + others);
    }
  }

  @Test
  void what_work_in_a_transaction_throws_is_thrown_and_rolled_back() {
    for (Mischief mischief : Mischief.values()) {
      assertThat(
              catchThrowable(
                  () ->
                      daybook.transaction(
                          transaction -> {
                            journal.within(transaction).append("a", ExpectedSeq.any(), moved(1));
                            mischief.happen();
                          })))
          .isNotNull();
      assertThat(appendMoves("b", 1)).hasSize(1);
    }

    assertThat(everything())
        .hasSize(Mischief.values().length)
        .extracting(RecordedEvent::streamId)
        .containsOnly("b");
  }

  @Test
  void an_interrupt_that_a_handler_leaves_behind_is_not_about_the_next_event() throws Exception {
    appendMoves("a", 20);
    runToTheEnd(
        subscriber(
            AtLeastOnce.each(
                event -> {
                  handled.add(event);
                  Thread.currentThread().interrupt();
                })));
    runToTheEnd(
        subscriber(
            "exactly",
            ExactlyOnce.each((transaction, event) -> Thread.currentThread().interrupt())));

    assertThat(handled).isEqualTo(everything());
  }

  @Test
  void memory_that_is_short_stops_a_subscription_and_parks_nothing() throws Exception {
    appendMoves("a", 1);
    Subscriber<ParcelEvent> subscriber =
        subscriber(
                AtLeastOnce.each(
                    event -> {
                      throw new OutOfMemoryError("not about the event");
                    }))
            .onFailure(OnFailure.park().withoutRetries());

    assertStops(subscriber);
    assertThat(daybook.subscriptions().deadLetters()).isEmpty();
  }

  /** Nobody can help whoever waits for his own codec or clock; but all others go on. */
  @Test
  void a_call_that_does_not_return_keeps_nobody_else_from_writing() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    Runnable blocks =
        () -> {
          begun.countDown();
          Await.until(() -> free.getCount() == 0);
        };
    openWith(
        options ->
            options.clock(
                new BadClock(
                    () -> {
                      if (Thread.currentThread().getName().equals("slow clock")) {
                        blocks.run();
                      }
                    })));
    Journal<ParcelEvent> slow = encoding(blocks);
    Thread encoding = new Thread(() -> slow.append("a", ExpectedSeq.any(), moved(1)));
    Thread asking =
        new Thread(() -> journal.append("a", ExpectedSeq.any(), moved(1)), "slow clock");
    encoding.start();
    asking.start();
    Await.until(() -> begun.getCount() == 0);

    appendMoves("b", 1);
    assertThat(everything()).hasSize(1);
    free.countDown();
    encoding.join();
    asking.join();
    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  private int appendAs(int caller, String stream) throws InterruptedException {
    AtomicInteger appended = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              failed.set(catchThrowable(() -> appended.set(appendMoves(stream, 1).size())) != null);
            },
            caller % 2 == 0 ? "bad caller" : "good caller");
    thread.start();
    thread.join();
    if (failed.get()) {
      throw new IllegalStateException("the append has failed");
    }
    return appended.get();
  }

  private void handle(
      RecordedEvent<ParcelEvent> event, Predicate<RecordedEvent<?>> bad, Mischief mischief) {
    if (bad.test(event)) {
      mischief.happen();
    }
  }

  private void assertGoesOn(Subscriber<ParcelEvent> subscriber, OnFailure policy, long last)
      throws InterruptedException {
    try (Subscription subscription = start(subscriber.onFailure(policy.withoutRetries()))) {
      Await.position(subscription, last);
      Await.state(subscription, SubscriptionState.LIVE);
    }
  }

  private void assertStops(Subscriber<ParcelEvent> subscriber) throws InterruptedException {
    OnFailure policy =
        subscriber.onFailure().equals(OnFailure.stop())
            ? OnFailure.stop().withoutRetries()
            : subscriber.onFailure();
    try (Subscription subscription = start(subscriber.onFailure(policy))) {
      Await.state(subscription, SubscriptionState.FAILED);
      Await.until(() -> subscription.done().toCompletableFuture().isCompletedExceptionally());
    }
    Await.until(() -> threadsOf(subscriber.name()).isEmpty());
  }

  private Journal<ParcelEvent> encoding(Runnable before) {
    return journal.with(Codecs.writing(new OwnCodec(before, () -> {})));
  }

  private Journal<ParcelEvent> decoding(Runnable before) {
    return journal.with(Codecs.writing(new OwnCodec(() -> {}, before)));
  }

  /** JSON, and something else before. */
  private record OwnCodec(Runnable encoding, Runnable decoding) implements Codec {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
      return "own";
    }

    @Override
    public byte[] encode(Object value) throws IOException {
      encoding.run();
      return JSON.writeValueAsBytes(value);
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
      decoding.run();
      return JSON.readValue(payload, type);
    }
  }

  private static final class BadClock extends Clock {

    private final Runnable before;

    BadClock(Runnable before) {
      this.before = before;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      before.run();
      return Instant.EPOCH;
    }
  }

  /** Takes all that there is. */
  private record Taking(java.util.function.Consumer<RecordedEvent<ParcelEvent>> next)
      implements Flow.Subscriber<RecordedEvent<ParcelEvent>> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(RecordedEvent<ParcelEvent> event) {
      next.accept(event);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
