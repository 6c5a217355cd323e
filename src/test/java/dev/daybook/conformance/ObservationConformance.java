package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.journal.StreamStateException;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.CommittedAppends;
import dev.daybook.observation.Ending;
import dev.daybook.observation.GivenUp;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.ReadKind;
import dev.daybook.observation.SnapshotOutcome;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.StoreStatus;
import dev.daybook.observation.SubscriptionChange;
import dev.daybook.observation.SubscriptionStatus;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Observers see what is done, and affect nothing of it. */
public abstract class ObservationConformance extends SubscribingConformance {

  private final SeenByObserver observer = new SeenByObserver();

  protected ObservationConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_append_is_seen_with_its_outcome_and_its_commit() {
    openWith(options -> options.observe(observer));
    Append<ParcelEvent> once =
        Append.<ParcelEvent>of("a", ExpectedSeq.any(), ParcelEvent.moved(1))
            .withIdempotencyKey("key");

    appendMoves("a", 2);
    journal.appendAll(
        List.of(
            Append.of("a", ExpectedSeq.exactly(2), ParcelEvent.delivered()),
            Append.of("b", ExpectedSeq.noStream(), ParcelEvent.moved(1))));
    journal.append(once);
    journal.append(once);
    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1)))
        .isInstanceOf(ConflictException.class);
    daybook.streams().archive("b");
    assertThatThrownBy(() -> journal.append("b", ExpectedSeq.any(), ParcelEvent.moved(1)))
        .isInstanceOf(StreamStateException.class);
    assertThatThrownBy(() -> journal.append("", ExpectedSeq.any(), ParcelEvent.moved(1)))
        .isInstanceOf(InvalidInputException.class);
    assertThat(journal.append(Append.of("a", ExpectedSeq.any(), List.of()))).isEmpty();

    assertThat(observer.take())
        .containsExactly(
            "append 2 to a",
            "committed 1: 2 of {Moved=2}",
            "APPENDED",
            "append 2 to several",
            "committed 1: 2 of {Delivered=1, Moved=1}",
            "APPENDED",
            "append 1 to a",
            "committed 1: 1 of {Moved=1}",
            "APPENDED",
            "append 1 to a",
            "REPEATED",
            "append 1 to a",
            "CONFLICT ConflictException",
            "append 1 to b",
            "REFUSED StreamArchivedException");
    assertThat(observer.appends())
        .allSatisfy(
            end -> {
              assertThat(end.waited()).isPositive();
              assertThat(end.written()).isPositive();
            });
  }

  @Test
  void the_time_until_there_is_a_writer_or_a_connection_is_waited_and_not_written()
      throws Exception {
    Semaphore begun = new Semaphore(0);
    Optional<EmptyPool> pool = database.storesDataSource().map(EmptyPool::new);
    Consumer<DaybookBuilder> options =
        each ->
            each.observe(observer)
                .metadata(
                    () -> {
                      begun.release();
                      return Metadata.none();
                    });
    daybook.close();
    daybook = pool.map(source -> open(source, options)).orElseGet(() -> open(options));
    journal = daybook.journal(ParcelEvent.class);
    assertThat(everything()).isEmpty();
    Append<ParcelEvent> plain = Append.of("a", ExpectedSeq.any(), ParcelEvent.moved(1));

    for (Append<ParcelEvent> append : List.of(plain, plain.withIdempotencyKey("step by step"))) {
      Runnable release = pool.map(ObservationConformance::hold).orElseGet(this::holdWriter);
      FutureTask<Object> appending = new FutureTask<>(() -> journal.append(append));
      new Thread(appending).start();
      Await.until(begun::tryAcquire);
      long from = System.nanoTime();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      Duration held = Duration.ofNanos(System.nanoTime() - from);
      release.run();
      Await.result(appending);

      AppendEnd end = observer.appends().get(observer.appends().size() - 1);
      assertThat(end.waited()).isGreaterThanOrEqualTo(held);
      assertThat(end.written()).isPositive();
    }
  }

  private Daybook open(DataSource source, Consumer<DaybookBuilder> options) {
    DaybookBuilder builder = Daybook.builder(source).pollInterval(Duration.ZERO).push(false);
    options.accept(builder);
    return closedAfterwards(builder.build());
  }

  /** Returns what ends it. */
  private static Runnable hold(EmptyPool pool) {
    pool.empty();
    return pool::fill;
  }

  /** Returns what ends it. */
  private Runnable holdWriter() {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    new Thread(
            () ->
                daybook.transaction(
                    transaction -> {
                      holding.countDown();
                      Await.reached(release);
                    }))
        .start();
    Await.reached(holding);
    return release::countDown;
  }

  @Test
  void what_is_rolled_back_is_not_seen_as_committed() {
    openWith(options -> options.observe(observer));

    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      daybook
                          .within(transaction)
                          .journal(ParcelEvent.class)
                          .append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(observer.take()).containsExactly("append 1 to a", "APPENDED");

    daybook.transaction(
        transaction -> {
          for (int i = 0; i < 2; i++) {
            daybook
                .within(transaction)
                .journal(ParcelEvent.class)
                .append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
          }
          assertThat(observer.take())
              .containsExactly("append 1 to a", "APPENDED", "append 1 to a", "APPENDED");
        });
    assertThat(observer.take())
        .containsExactly("committed 1: 1 of {Moved=1}", "committed 1: 1 of {Moved=1}");
  }

  @Test
  void all_that_share_transactions_are_counted_once() throws Exception {
    AtomicInteger appends = new AtomicInteger();
    AtomicInteger events = new AtomicInteger();
    openWith(
        options ->
            options.observe(
                new StoreObserver() {
                  @Override
                  public void committed(CommittedAppends committed) {
                    appends.addAndGet(committed.appends());
                    events.addAndGet((int) committed.events());
                  }
                }));
    int callers = 8;
    int each = 25;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        String stream = "stream-" + caller % 3;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    appendMoves(stream, 2);
                  }
                }));
      }
      for (Future<?> one : all) {
        Await.result(one);
      }
    } finally {
      threads.shutdown();
    }
    // The thread that has written a group tells of it when the others have returned.
    Await.until(() -> events.get() >= callers * each * 2);
    assertThat(appends).hasValue(callers * each);
    assertThat(events).hasValue(callers * each * 2);
  }

  @Test
  void reads_are_seen_by_their_kind() {
    appendMoves("a", 3);
    Registration observing = daybook.observe(observer);

    readStream("a");
    everything();
    journal.count(EventQuery.all());
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.stream("a"))) {
      assertThat(events.toList()).hasSize(3);
      assertThat(observer.take()).containsExactly("STREAM", "JOURNAL", "COUNT");
    }
    assertThat(observer.take()).containsExactly("CURSOR");
    daybook.streams().tombstone("a", "gone");
    assertThatThrownBy(() -> readStream("a")).isInstanceOf(StreamStateException.class);
    assertThat(observer.take()).containsExactly("STREAM StreamTombstonedException");

    observing.close();
    observing.close();
    everything();
    assertThat(observer.take()).isEmpty();
  }

  @Test
  void the_calls_of_a_handler_are_seen_one_by_one() throws Exception {
    appendMoves("a", 3);
    daybook.observe(observer);

    runToTheEnd(subscriber("each", ExactlyOnce.each((transaction, event) -> {})));
    assertThat(observer.take())
        .containsSubsequence(
            "each LEASE_TAKEN",
            "each handles [1]",
            "each handles [2]",
            "each handles [3]",
            "each LEASE_GIVEN_UP",
            "each STOPPED")
        .doesNotContain("each handles [1, 2, 3]");

    runToTheEnd(subscriber("batch", ExactlyOnce.inBatches(10, (transaction, events) -> {})));
    assertThat(observer.take()).contains("batch handles [1, 2, 3]");
    runToTheEnd(subscriber("least", AtLeastOnce.each(event -> {})));
    assertThat(observer.take()).contains("least handles [1]", "least handles [2]");
  }

  @Test
  void failures_of_a_handler_are_seen_and_what_is_given_up() throws Exception {
    appendMoves("a", 2);
    daybook.observe(observer);
    AtLeastOnce<ParcelEvent> failing =
        AtLeastOnce.each(
            event -> {
              throw new IllegalArgumentException("no");
            });

    runToTheEnd(subscriber("parking", failing).onFailure(OnFailure.park().withoutRetries()));
    assertThat(observer.take())
        .containsSubsequence(
            "parking handles [1] IllegalArgumentException",
            "parking PARKED",
            "parking handles [2] IllegalArgumentException",
            "parking PARKED");
    runToTheEnd(subscriber("queueing", failing).onFailure(OnFailure.parkStream().withoutRetries()));
    assertThat(observer.take()).containsSubsequence("queueing PARKED", "queueing QUEUED");
    runToTheEnd(subscriber("skipping", failing).onFailure(OnFailure.skip().withoutRetries()));
    assertThat(observer.take()).containsSubsequence("skipping SKIPPED", "skipping SKIPPED");

    try (Subscription stopping =
        start(subscriber("stopping", failing).onFailure(OnFailure.stop().withoutRetries()))) {
      Await.until(() -> stopping.state() == SubscriptionState.FAILED);
    }
    Await.until(() -> observer.seen().contains("stopping FAILED"));
    assertThat(observer.take()).containsSubsequence("stopping LEASE_GIVEN_UP", "stopping FAILED");
  }

  @Test
  void changes_of_a_subscription_are_seen() throws Exception {
    daybook.observe(observer);
    try (Subscription subscription = start(subscriber(AtLeastOnce.each(event -> {})))) {
      Await.state(subscription, SubscriptionState.LIVE);
      daybook.subscriptions().pause("parcels");
      Await.until(() -> observer.seen().contains("parcels PAUSED"));
      daybook.subscriptions().resume("parcels");
      Await.state(subscription, SubscriptionState.LIVE);
      daybook.subscriptions().release("parcels");
      Await.until(() -> observer.seen().contains("parcels LEASE_LOST"));
      Await.until(() -> observer.seen().lastIndexOf("parcels LEASE_TAKEN") > 0);
    }
    assertThat(observer.take())
        .containsSubsequence(
            "parcels LEASE_TAKEN",
            "parcels CAUGHT_UP",
            "parcels PAUSED",
            "parcels CAUGHT_UP",
            "parcels LEASE_LOST",
            "parcels LEASE_TAKEN",
            "parcels LEASE_GIVEN_UP",
            "parcels STOPPED");
  }

  /** A state. */
  public record Legs(int count) {}

  @Test
  void snapshots_are_seen_with_what_became_of_them() {
    daybook.observe(observer);
    var snapshots = daybook.snapshots(Legs.class, SnapshotOptions.defaults());
    var newer = daybook.snapshots(Legs.class, SnapshotOptions.defaults().withSchemaVersion(2));

    assertThat(snapshots.loadLatest("a")).isEmpty();
    snapshots.save("a", 1, new Legs(1));
    assertThat(snapshots.loadLatest("a")).isPresent();
    assertThat(newer.loadLatest("a")).isEmpty();
    assertThatThrownBy(() -> snapshots.save("a", 0, new Legs(1)))
        .isInstanceOf(InvalidInputException.class);

    assertThat(observer.take())
        .containsExactly(
            "snapshot NONE",
            "snapshot SAVED",
            "snapshot FOUND",
            "snapshot UNUSABLE",
            "snapshot NONE",
            "snapshot NOT_SAVED");
  }

  /** Fails wherever it can. */
  private static final class Faulty implements StoreObserver {

    private final boolean atTheEnd;

    Faulty(boolean atTheEnd) {
      this.atTheEnd = atTheEnd;
    }

    private static AssertionError failure() {
      return new AssertionError("an observer's own");
    }

    private <T> Ending<T> begin() {
      if (!atTheEnd) {
        throw failure();
      }
      return how -> {
        throw failure();
      };
    }

    @Override
    public Ending<AppendEnd> appending(AppendCall call) {
      call.addMetadata("faulty", "seen");
      assertThatThrownBy(() -> call.addMetadata("", "no name"))
          .isInstanceOf(InvalidInputException.class);
      return begin();
    }

    @Override
    public Ending<CallEnd> reading(ReadKind kind) {
      return begin();
    }

    @Override
    public Ending<CallEnd> handling(HandlerCall call) {
      return begin();
    }

    @Override
    public void committed(CommittedAppends appends) {
      throw failure();
    }

    @Override
    public void subscriptionChanged(String subscription, SubscriptionChange change) {
      throw failure();
    }

    @Override
    public void givenUp(String subscription, GivenUp how) {
      throw failure();
    }

    @Override
    public void snapshot(SnapshotOutcome outcome) {
      throw failure();
    }
  }

  @Test
  void an_observer_that_fails_affects_nothing() throws Exception {
    openWith(
        options ->
            options
                .observe(new Faulty(false))
                .observe(new Faulty(true))
                .observe(observer)
                .observe(
                    new StoreObserver() {
                      @Override
                      @SuppressWarnings("NullAway") // An observer that breaks its contract.
                      public Ending<AppendEnd> appending(AppendCall call) {
                        return null;
                      }
                    }));

    RecordedEvent<ParcelEvent> event = appendMoves("a", 1).get(0);
    assertThat(event.metadata().get("faulty")).contains("seen");
    assertThat(everything()).hasSize(1);
    assertThat(countStreamed(EventQuery.all())).isOne();
    daybook.snapshots(Legs.class).save("a", 1, new Legs(1));
    runToTheEnd(subscriber(ExactlyOnce.each(this::count)).select(EventQuery.stream("a")));
    assertThat(counted()).isOne();
    assertThat(observer.take())
        .contains(
            "append 1 to a",
            "APPENDED",
            "JOURNAL",
            "CURSOR",
            "snapshot SAVED",
            "parcels handles [1]",
            "parcels STOPPED");
  }

  @Test
  void the_status_says_where_the_store_and_its_subscriptions_are() throws Exception {
    assertThat(daybook.status()).isEmpty();
    appendMoves("a", 3);
    runToTheEnd(subscriber("ended", AtLeastOnce.each(event -> {})));
    long last = appendMoves("a", 2).get(1).position();
    AtLeastOnce<ParcelEvent> failing =
        AtLeastOnce.each(
            event -> {
              throw new IllegalArgumentException("no");
            });
    try (Subscription stopping =
        start(subscriber("failed", failing).onFailure(OnFailure.stop().withoutRetries()))) {
      Await.until(() -> stopping.state() == SubscriptionState.FAILED);
    }
    runToTheEnd(subscriber("parking", failing).onFailure(OnFailure.park().withoutRetries()));
    daybook.subscriptions().pause("parking");
    try (Subscription running = start(subscriber("running", AtLeastOnce.each(event -> {})))) {
      Await.state(running, SubscriptionState.LIVE);
      StoreStatus status = daybook.withDeadline(LONG).status().orElseThrow();

      assertThat(status.latestPosition()).isEqualTo(last);
      assertThat(status.waitingWrites()).isZero();
      assertThat(status.walBytes().isPresent()).isEqualTo(hasLog());
      assertThat(status.subscriptions().stream().map(SubscriptionStatus::name))
          .containsExactly("ended", "failed", "parking", "running");
      assertThat(status.subscriptions().stream().map(SubscriptionStatus::state))
          .containsExactly(
              SubscriptionStatus.State.IDLE,
              SubscriptionStatus.State.FAILED,
              SubscriptionStatus.State.PAUSED,
              SubscriptionStatus.State.RUNNING);
      SubscriptionStatus ended = status.subscriptions().get(0);
      assertThat(ended.position()).isEqualTo(last - 2);
      assertThat(ended.lag()).isEqualTo(2);
      assertThat(ended.lagTime()).isBetween(Duration.ZERO, LONG);
      assertThat(status.subscriptions().get(1).lag()).isEqualTo(5);
      assertThat(status.subscriptions().get(2).deadLetters()).isEqualTo(5);
      assertThat(status.subscriptions().get(3).lagTime()).isLessThan(LONG);
    }
    daybook.close();
    assertThat(daybook.status()).isEmpty();
  }

  /** Whether there is a write-ahead log with a size. */
  protected abstract boolean hasLog();
}
