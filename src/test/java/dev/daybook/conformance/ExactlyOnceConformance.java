package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a handler writes in the checkpoint's transaction is there once, whatever goes wrong. */
public abstract class ExactlyOnceConformance extends SubscribingConformance {

  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<String> STREAM = DSL.field(DSL.name("stream"), SQLDataType.VARCHAR);
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);

  protected ExactlyOnceConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void makeTable() {
    daybook.transaction(
        transaction -> DSL.using(transaction).createTable(APPLIED).columns(STREAM, SEQ).execute());
  }

  @Test
  void applies_each_event_once_over_restarts() throws Exception {
    appendMoves("a", 250);
    runToTheEnd(subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)));
    appendMoves("a", 30);
    runToTheEnd(subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)));

    assertThat(applied()).isEqualTo(upTo(280));
  }

  @Test
  void follows_what_is_appended() throws Exception {
    try (Subscription subscription =
        start(subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)))) {
      Await.state(subscription, SubscriptionState.LIVE);
      for (int i = 1; i <= 20; i++) {
        long position = appendMoves("a", 1).get(0).position();
        Await.position(subscription, position);
        assertThat(applied()).hasSize(i);
        assertThat(info().position()).isEqualTo(position);
      }
    }
  }

  @Test
  void what_a_failed_call_has_written_is_rolled_back() throws Exception {
    appendMoves("a", 20);
    AtomicBoolean failed = new AtomicBoolean();
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      if (event.seq() == 13 && !failed.getAndSet(true)) {
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .onFailure(OnFailure.stop().retries(1, Duration.ZERO, Duration.ZERO)));

    assertThat(applied()).isEqualTo(upTo(20));
  }

  @Test
  void stops_in_front_of_a_bad_event_with_all_before_it_applied() {
    appendMoves("a", 20);
    Subscription subscription =
        start(subscriber(failingAt(13)).onFailure(OnFailure.stop().withoutRetries()));

    assertThatThrownBy(() -> Await.result(subscription.done().toCompletableFuture()))
        .hasCauseInstanceOf(SubscriptionStoppedException.class);
    subscription.close();
    assertThat(applied()).isEqualTo(upTo(12));
    assertThat(info().position()).isEqualTo(everything().get(11).position());
  }

  @Test
  void skips_and_parks_like_any_other_and_retries_in_a_transaction() throws Exception {
    appendMoves("a", 20);
    runToTheEnd(subscriber(failingAt(13)).onFailure(OnFailure.park().withoutRetries()));
    assertThat(applied()).hasSize(19).doesNotContain(13L);
    assertThat(info().lagEvents()).isZero();
    long position = daybook.subscriptions().deadLetters("parcels").get(0).position();

    daybook.subscriptions().retryDeadLetter("parcels", position);
    try (Subscription subscription =
        start(subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)))) {
      Await.until(() -> daybook.subscriptions().deadLetters("parcels").isEmpty());
      assertThat(subscription.state()).isNotEqualTo(SubscriptionState.FAILED);
    }
    assertThat(applied()).containsExactlyInAnyOrderElementsOf(upTo(20));

    daybook.subscriptions().reset("parcels", StartFrom.end());
    appendMoves("b", 1);
    runToTheEnd(subscriber(failingAt(1)).onFailure(OnFailure.skip().withoutRetries()));
    assertThat(applied()).hasSize(20);
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void a_rule_that_the_commit_enforces_is_broken_by_the_handler() throws Exception {
    appendMoves("a", 3);
    daybook.transaction(
        transaction -> {
          DSL.using(transaction).execute("create table parents (id bigint primary key)");
          DSL.using(transaction)
              .execute(
                  "create table children (parent bigint references parents (id) deferrable initially deferred)");
        });
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      if (event.seq() == 2) {
                        DSL.using(transaction).execute("insert into children values (7)");
                      }
                    }))
            .onFailure(OnFailure.park().withoutRetries()));

    assertThat(applied()).containsExactly(1L, 3L);
    assertThat(daybook.subscriptions().deadLetters("parcels")).hasSize(1);
  }

  @Test
  void a_value_that_must_not_come_twice_is_the_handlers_affair_also_at_the_commit()
      throws Exception {
    appendMoves("a", 3);
    daybook.transaction(
        transaction ->
            DSL.using(transaction)
                .execute("create table ones (n bigint unique deferrable initially deferred)"));
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      DSL.using(transaction).execute("insert into ones values (1)");
                    }))
            .onFailure(OnFailure.park().withoutRetries()));

    assertThat(applied()).containsExactly(1L);
    assertThat(daybook.subscriptions().deadLetters("parcels"))
        .extracting(DeadLetter::seq)
        .containsExactly(2L, 3L);
  }

  /** What SQLite and PostgreSQL say when another transaction is in the way. */
  @Test
  void an_event_is_not_given_up_because_another_transaction_was_in_the_way() throws Exception {
    appendMoves("a", 3);
    AtomicInteger failures = new AtomicInteger(2);
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      if (event.seq() == 2 && failures.getAndDecrement() > 0) {
                        throw new DataAccessException("in the way", inTheWay());
                      }
                    }))
            .onFailure(OnFailure.skip().withoutRetries()));

    assertThat(applied()).containsExactly(1L, 2L, 3L);
  }

  private SQLException inTheWay() {
    return database.family() == SQLDialect.SQLITE
        ? new SQLiteException("in the way", SQLiteErrorCode.SQLITE_BUSY)
        : new SQLException("in the way", "40001");
  }

  /** Whether the handler says so, or keeps it to itself. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_statement_that_takes_the_transaction_with_it_is_the_handlers_failure(boolean says)
      throws Exception {
    appendMoves("a", 3);
    Orders orders = new Orders(database.family());
    daybook.transaction(orders::create);
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      if (event.seq() == 2) {
                        try {
                          orders.giveUp(transaction);
                        } catch (DataAccessException e) {
                          if (says) {
                            throw e;
                          }
                        }
                      }
                    }))
            .onFailure(OnFailure.skip().withoutRetries()));

    assertThat(applied()).containsExactly(1L, 3L);
  }

  /** Its code ends like one of SQLite's, and its state is nobody's. */
  @Test
  void what_another_database_says_about_an_event_is_the_events_failure() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(
        subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      if (event.seq() == 2) {
                        throw new SQLException("an overflow", "S0001", 0x205);
                      }
                      apply(transaction, event);
                    }))
            .onFailure(OnFailure.skip().withoutRetries()));

    assertThat(applied()).containsExactly(1L, 3L);
  }

  @Test
  void batches_are_one_transaction_each() throws Exception {
    appendMoves("a", 25);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    AtomicBoolean failed = new AtomicBoolean();
    runToTheEnd(
        subscriber(
                ExactlyOnce.inBatches(
                    10,
                    (transaction, events) -> {
                      sizes.add(events.size());
                      events.forEach(event -> apply(transaction, event));
                      if (events.get(0).seq() == 11 && !failed.getAndSet(true)) {
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .onFailure(OnFailure.stop().retries(1, Duration.ZERO, Duration.ZERO)));

    assertThat(sizes).containsExactly(10, 10, 10, 5);
    assertThat(applied()).isEqualTo(upTo(25));
  }

  @Test
  void a_handler_may_append_in_its_transaction() throws Exception {
    appendMoves("a", 3);
    runToTheEnd(
        subscriber(
            ExactlyOnce.each(
                (transaction, event) -> {
                  if (event.streamId().equals("a")) {
                    daybook
                        .within(transaction)
                        .journal(ParcelEvent.class)
                        .append("copy", ExpectedSeq.exactly(event.seq() - 1), event.data());
                  }
                })));

    assertThat(readStream("copy").stream().map(RecordedEvent::data))
        .isEqualTo(readStream("a").stream().map(RecordedEvent::data).toList());
  }

  @Test
  void one_whose_lease_was_taken_can_not_save() throws Exception {
    appendMoves("a", 1);
    CountDownLatch applied = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean waited = new AtomicBoolean();
    try (Subscription subscription =
        start(
            subscriber(
                ExactlyOnce.each(
                    (transaction, event) -> {
                      apply(transaction, event);
                      if (!waited.getAndSet(true)) {
                        // As good as a reset by somebody else that is committed meanwhile.
                        daybook.within(transaction).checkpoints().reset("parcels", 0);
                        applied.countDown();
                        go.await();
                      }
                    })))) {
      Await.reached(applied);
      go.countDown();
      Await.state(subscription, SubscriptionState.LIVE);
    }
    assertThat(applied()).isEqualTo(upTo(1));
  }

  @Test
  void a_rebuild_clears_and_begins_again_in_one_transaction() throws Exception {
    appendMoves("a", 10);
    try (Subscription subscription =
        start(subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)))) {
      Await.state(subscription, SubscriptionState.LIVE);
      daybook
          .subscriptions()
          .rebuild("parcels", transaction -> DSL.using(transaction).deleteFrom(APPLIED).execute());
      Await.until(() -> applied().size() == 10);
      Await.position(subscription, journal.latestPosition());
    }
    assertThat(applied()).isEqualTo(upTo(10));

    assertThatThrownBy(
            () ->
                daybook
                    .subscriptions()
                    .rebuild(
                        "parcels",
                        transaction -> {
                          DSL.using(transaction).deleteFrom(APPLIED).execute();
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    assertThat(applied()).isEqualTo(upTo(10));
    assertThat(info().lagEvents()).isZero();
    assertThat(info().owner()).isEmpty();
  }

  @Test
  void partitions_are_refused() {
    assertThatThrownBy(
            () -> subscriber(ExactlyOnce.each(ExactlyOnceConformance::apply)).partitions(2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 partitions");
  }

  protected static void apply(Configuration transaction, RecordedEvent<ParcelEvent> event) {
    DSL.using(transaction)
        .insertInto(APPLIED, STREAM, SEQ)
        .values(event.streamId(), event.seq())
        .execute();
  }

  protected List<Long> applied() {
    return daybook.transactionResult(
        transaction -> DSL.using(transaction).select(SEQ).from(APPLIED).fetch(SEQ));
  }

  private static ExactlyOnce<ParcelEvent> failingAt(long seq) {
    return ExactlyOnce.each(
        (transaction, event) -> {
          apply(transaction, event);
          if (event.seq() == seq) {
            throw new IllegalStateException("bad event");
          }
        });
  }
}
