package dev.daybook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.JoinedTransaction;
import dev.daybook.conformance.Await;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.EventHandler;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.testing.CartEvent.CheckedOut;
import dev.daybook.testing.CartEvent.Removed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store for tests: its clock, its wait for subscriptions, and what it finds left open. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TestDaybookTest {

  private static final Duration SOON = Duration.ofMillis(300);

  @TempDir private Path directory;
  private final CountDownLatch end = new CountDownLatch(1);
  private TestDaybook store;
  private Journal<CartEvent> carts;

  @BeforeEach
  void open() {
    store = TestDaybook.inFile(directory.resolve("test.db"));
    carts = store.daybook().journal(CartEvent.class);
  }

  @AfterEach
  void close() {
    end.countDown();
    store.daybook().close();
  }

  private void removed(String stream, String sku) {
    carts.append(stream, ExpectedSeq.any(), new Removed(sku));
  }

  private Subscription start(String name, EventHandler<CartEvent> handler) {
    return start(name, handler, OnFailure.stop().withoutRetries());
  }

  private Subscription start(String name, EventHandler<CartEvent> handler, OnFailure onFailure) {
    return store
        .daybook()
        .subscriptions()
        .start(Subscriber.of(name, carts, AtLeastOnce.each(handler)).onFailure(onFailure));
  }

  @Test
  void the_clock_stands_still_until_it_is_set() {
    removed("cart-1", "tea");
    store.clock().advance(Duration.ofDays(1));
    removed("cart-1", "cup");
    store.clock().set(Instant.EPOCH);
    removed("cart-1", "pot");

    assertThat(carts.read(EventQuery.all()))
        .extracting(RecordedEvent::time)
        .containsExactly(
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-02T00:00:00Z"),
            Instant.EPOCH);
    assertThat(store.clock().withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void what_handlers_append_is_waited_for_too() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    start("seen", event -> seen.add(event.type()));
    start(
        "checkout",
        event -> {
          if (event.data() instanceof Removed) {
            carts.append(
                event.streamId(),
                ExpectedSeq.any(),
                new CheckedOut(BigDecimal.valueOf(event.seq())));
          }
        });

    for (int i = 0; i < 20; i++) {
      removed("cart-" + i, "tea");
    }
    store.awaitAll();

    assertThat(seen).hasSize(40);
  }

  @Test
  void without_subscriptions_there_is_nothing_to_wait_for() throws InterruptedException {
    removed("cart-1", "tea");

    store.awaitAll();

    assertThat(store.daybook().subscriptions().running()).isEmpty();
  }

  @Test
  void a_paused_subscription_is_named_as_such() throws InterruptedException {
    Subscription paused = start("paused", event -> {});
    store.awaitAll();
    paused.pause();
    removed("cart-1", "tea");
    Await.state(paused, SubscriptionState.PAUSED);

    assertThatThrownBy(() -> store.awaitAll(SOON))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("subscription \"paused\"")
        .hasMessageEndingWith("it is PAUSED");
    paused.resume();
    store.awaitAll();

    assertThat(paused.position()).isEqualTo(1);
  }

  @Test
  void events_that_a_subscription_does_not_select_count_as_handled() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    Subscription some =
        store
            .daybook()
            .subscriptions()
            .start(
                Subscriber.of(
                        "some",
                        carts,
                        AtLeastOnce.<CartEvent>each(event -> seen.add(event.streamId())))
                    .select(EventQuery.all().inStreams("cart-1")));
    removed("cart-1", "tea");
    removed("basket-1", "tea");

    store.awaitAll();

    assertThat(seen).containsExactly("cart-1");
    assertThat(some.position()).isEqualTo(2);
  }

  @Test
  void a_subscription_that_has_stopped_is_named_with_its_reason() throws InterruptedException {
    removed("cart-1", "tea");
    Subscription broken =
        start(
            "broken",
            event -> {
              throw new IllegalStateException("no such shelf");
            });
    Await.until(() -> broken.done().toCompletableFuture().isDone());

    assertThatThrownBy(store::awaitAll)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("subscription \"broken\" has stopped by itself at position 1: ")
        .hasMessageContaining("no such shelf");
    assertThat(store.daybook().subscriptions().running()).isEmpty();
  }

  @Test
  void a_handler_that_does_not_return_is_named_with_its_place() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    Subscription stuck =
        start(
            "stuck",
            event -> {
              called.countDown();
              end.await();
            });
    removed("cart-1", "tea");
    called.await();

    assertThatThrownBy(() -> store.awaitAll(SOON))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "subscription \"stuck\" has handled everything up to position 0, expected 1; nothing has moved for PT0.3S; it is (CATCHING_UP|LIVE); its handler is at dev.daybook.testing.TestDaybookTest\\S+\\(TestDaybookTest.java:\\d+\\)");
    assertThat(store.daybook().subscriptions().running()).containsExactly(stuck);
  }

  @Test
  void a_handler_that_fails_again_and_again_is_named_with_its_last_failure() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    IllegalStateException failure = new IllegalStateException("no such shelf");
    Subscription failing =
        start(
            "failing",
            event -> {
              failed.countDown();
              if (end.getCount() > 0) {
                throw failure;
              }
            },
            OnFailure.stop().retries(1_000, Duration.ofMillis(1), Duration.ofMillis(10)));
    removed("cart-1", "tea");
    failed.await();

    AssertionError gaveUp = catchThrowableOfType(AssertionError.class, () -> store.awaitAll(SOON));

    assertThat(gaveUp)
        .hasMessageContaining(
            "the last attempt failed: java.lang.IllegalStateException: no such shelf")
        .hasCause(failure);
    assertThat(failing.lastFailure()).containsSame(failure);
    end.countDown();
    store.awaitAll();
    assertThat(failing.lastFailure()).isEmpty();
  }

  @Test
  @SuppressWarnings({"MustBeClosedChecker", "CheckReturnValue"}) // What a test is to be told.
  void a_stream_that_is_left_open_fails_the_close_with_its_place() {
    for (int i = 0; i < 3; i++) {
      removed("cart-1", "tea");
    }
    Stream<RecordedEvent<CartEvent>> left = carts.stream(EventQuery.all());
    left.iterator().next();
    carts.stream(EventQuery.all()).forEach(event -> {});
    carts.stream(EventQuery.stream("cart-1")).close();
    assertThat(store.daybook().streams()).isNotNull();

    AssertionError failure = catchThrowableOfType(AssertionError.class, store::close);

    assertThat(failure)
        .hasMessageMatching(
            "left open:\n  a stream, opened at .*TestDaybookTest\\.a_stream_that_is_left_open\\S*\\(TestDaybookTest\\.java:\\d+\\)");
    assertThat(failure.getSuppressed()[0].getStackTrace()[0].getMethodName())
        .startsWith("a_stream_that_is_left_open");
    store.close();
  }

  @Test
  void a_transaction_that_does_not_end_fails_the_close_with_its_place() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                assertThatThrownBy(
                        () ->
                            store
                                .daybook()
                                .transaction(
                                    tx -> {
                                      inside.countDown();
                                      end.await();
                                    }))
                    .isNotNull());
    other.start();
    inside.await();

    assertThatThrownBy(store::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("left open:\n  a transaction, opened at ")
        .hasMessageContaining("TestDaybookTest.java:");
    end.countDown();
    other.join();
  }

  @Test
  void a_joined_transaction_whose_end_is_not_said_fails_the_close() throws SQLException {
    store.daybook().schemaVersion();
    String url = "jdbc:sqlite:" + directory.resolve("test.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      store.daybook().join(connection).rolledBack();
      JoinedTransaction joined = store.daybook().join(connection);

      assertThatThrownBy(store::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("left open:\n  a joined transaction, opened at ")
          .hasMessageContaining("TestDaybookTest.java:");
      joined.rolledBack();
      connection.rollback();
    }
  }

  @Test
  void a_join_that_is_refused_leaves_nothing_open() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("test.db"))) {
      assertThatThrownBy(() -> store.daybook().join(connection))
          .isInstanceOf(InvalidInputException.class);
    }

    store.close();
  }

  @Test
  void handlers_and_recoveries_leave_nothing_open() throws InterruptedException {
    start("reading", event -> assertThat(carts.read(EventQuery.all())).isNotEmpty());
    removed("cart-1", "tea");
    store.awaitAll();

    store.close();
    store.close();
  }

  @Test
  void a_store_that_is_opened_again_has_its_events_and_checkpoints() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    start("seen", event -> seen.add(event.streamId()));
    removed("cart-1", "tea");
    store.awaitAll();

    Daybook again = store.reopen();
    carts = again.journal(CartEvent.class);
    start("seen", event -> seen.add(event.streamId()));
    removed("cart-2", "tea");
    store.awaitAll();

    assertThat(store.daybook()).isSameAs(again);
    assertThat(seen).containsExactly("cart-1", "cart-2");
  }
}
