package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Transactions that are committed and have events on both sides of another one's first position:
 * who reads across streams sees all of their events or none, however the others go on.
 */
class WholeTransactionsTest extends JournalConformance {

  private static final String TAG = "parcel";
  private static final String PREFIX = "s-";
  private static final int KEY = 42;

  private final List<Long> handled = new CopyOnWriteArrayList<>();
  private DSLContext callers = DSL.using(SQLDialect.POSTGRES);

  WholeTransactionsTest() {
    super(directory -> new PostgresFixture());
  }

  @BeforeEach
  void connect() {
    callers = DSL.using(database.callersDataSource(), SQLDialect.POSTGRES);
  }

  @Test
  void a_transaction_is_not_seen_without_what_it_has_appended_behind_another() throws Exception {
    long before = append("before");
    try (Subscription subscription = follow(daybook);
        SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      Transfer done = commitAround(transfer, other);
      long last = append("last");

      assertReadersSee(before);
      assertThat(daybook.maintenance().doctor().watermark()).isEqualTo(before);
      assertThat(daybook.maintenance().doctor().heldBack()).isEqualTo(3);
      assertThat(subscription.awaitPosition(done.debit(), Duration.ofMillis(1))).isFalse();
      assertThat(readStream(PREFIX + "debit")).as("a stream is read to its end").hasSize(1);

      other.commit();
      assertReadersSee(before, done.debit(), done.other(), done.credit(), last);
      assertHandled(subscription, before, done.debit(), done.other(), done.credit(), last);
    }
  }

  @Test
  void who_is_held_back_goes_on_when_the_other_is_rolled_back() throws Exception {
    try (Subscription subscription = follow(daybook);
        SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      Transfer done = commitAround(transfer, other);
      assertReadersSee();

      CompletableFuture<Boolean> reached =
          CompletableFuture.supplyAsync(() -> reaches(subscription, done.credit()));
      other.rollBack();
      assertThat(SteppedTransaction.await(reached)).isTrue();
      assertReadersSee(done.debit(), done.credit());
    }
  }

  @Test
  void who_is_held_back_in_another_process_goes_on_at_its_next_look() throws Exception {
    Daybook another = open(options -> options.push(false).pollInterval(Duration.ofMillis(5)));
    try (Subscription subscription = follow(another);
        SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      Transfer done = commitAround(transfer, other);
      assertThat(subscription.awaitPosition(done.debit(), Duration.ofMillis(1))).isFalse();

      other.commit();
      assertHandled(subscription, done.debit(), done.other(), done.credit());
    }
  }

  /** Where a transfer has its events, and one that goes on has its own in between. */
  private record Transfer(long debit, long other, long credit) {}

  private Transfer commitAround(SteppedTransaction transfer, SteppedTransaction other)
      throws Exception {
    long debit = transfer.run(tx -> append(tx, "debit"));
    long between = other.run(tx -> append(tx, "other"));
    long credit = transfer.run(tx -> append(tx, "credit"));
    transfer.commit();
    return new Transfer(debit, between, credit);
  }

  @Test
  void transactions_that_overlap_each_other_are_all_held_back() throws Exception {
    long before = append("before");
    try (Subscription subscription = follow(daybook);
        SteppedTransaction one = begin();
        SteppedTransaction two = begin();
        SteppedTransaction other = begin()) {
      List<Long> given = new ArrayList<>(List.of(before));
      given.add(one.run(tx -> append(tx, "one")));
      given.add(two.run(tx -> append(tx, "two")));
      given.add(one.run(tx -> append(tx, "one")));
      given.add(other.run(tx -> append(tx, "other")));
      given.add(two.run(tx -> append(tx, "two")));
      one.commit();
      assertReadersSee(before);
      two.commit();
      assertReadersSee(before);

      other.commit();
      long[] all = given.stream().mapToLong(position -> position).toArray();
      assertReadersSee(all);
      assertHandled(subscription, all);
    }
  }

  @Test
  void a_transaction_that_ends_before_another_begins_is_not_held_back() throws Exception {
    try (SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      long debit = transfer.run(tx -> append(tx, "debit"));
      long between = append("between");
      long credit = transfer.run(tx -> append(tx, "credit"));
      other.run(tx -> append(tx, "other"));
      transfer.commit();
      journal.append(to("batch", 3));

      assertReadersSee(debit, between, credit);
      other.commit();
      assertThat(everything()).hasSize(7);
    }
  }

  @Test
  void each_append_of_a_transaction_to_several_streams_counts() throws Exception {
    try (SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      transfer.run(tx -> journal.within(tx).appendAll(List.of(to("a", 2), to("b", 1))));
      other.run(tx -> append(tx, "other"));
      transfer.run(tx -> journal.within(tx).appendAll(List.of(to("c", 2), to("a", 1))));
      transfer.commit();
      assertReadersSee();

      other.commit();
      assertThat(everything()).hasSize(7);
    }
  }

  /** The note at the end of one stream goes with it, that of the other stays. */
  @Test
  void what_is_left_of_a_transaction_is_not_seen_in_part() throws Exception {
    try (SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      transfer.run(tx -> journal.within(tx).appendAll(List.of(to("a", 2))));
      other.run(tx -> append(tx, "other"));
      transfer.run(tx -> journal.within(tx).appendAll(List.of(to("b", 2), to("c", 2))));
      transfer.commit();

      journal.delete(PREFIX + "c", Long.MAX_VALUE);
      journal.delete(PREFIX + "b", 1);
      assertReadersSee();
      other.commit();
      assertThat(everything()).hasSize(4);
    }
  }

  @Test
  void what_was_rolled_back_to_a_savepoint_holds_nobody_back() throws Exception {
    try (SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      long kept = transfer.run(tx -> append(tx, "kept"));
      other.run(tx -> append(tx, "other"));
      transfer.run(tx -> tx.dsl().execute("savepoint mine"));
      transfer.run(tx -> append(tx, "lost"));
      transfer.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      transfer.commit();

      assertReadersSee(kept);
    }
  }

  @Test
  void what_begins_behind_a_savepoint_begins_anew_after_it_is_rolled_back() throws Exception {
    try (SteppedTransaction transfer = begin();
        SteppedTransaction other = begin()) {
      transfer.run(tx -> tx.dsl().execute("savepoint mine"));
      transfer.run(tx -> append(tx, "lost"));
      transfer.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      long fast = append("fast");
      transfer.run(tx -> append(tx, "debit"));
      other.run(tx -> append(tx, "other"));
      transfer.run(tx -> append(tx, "credit"));
      transfer.commit();

      assertReadersSee(fast);
    }
  }

  @Test
  void a_transaction_sees_its_own_events_up_to_where_others_hold_it_back() throws Exception {
    try (SteppedTransaction own = begin();
        SteppedTransaction other = begin()) {
      long first = own.run(tx -> append(tx, "own"));
      other.run(tx -> append(tx, "other"));
      own.run(tx -> append(tx, "own"));
      List<Long> seen = own.run(tx -> positions(journal.within(tx).read(EventQuery.all())));
      assertThat(seen).containsExactly(first);

      own.commit();
      assertReadersSee();
    }
  }

  /**
   * The table stops the statement at its first event, as long as the test says. Another transaction
   * draws a position meanwhile.
   */
  @Test
  void a_batch_is_not_seen_in_part() throws Exception {
    callers.execute(
        "create function stop() returns trigger language plpgsql as "
            + DSL.inline(
                "begin if new.stream_id = 's-batch' and new.seq = 1 then perform pg_advisory_lock_shared(%1$d); perform pg_advisory_unlock_shared(%1$d); end if; return new; end"
                    .formatted(KEY)));
    callers.execute(
        "create trigger stop before insert on {0} for each row execute function stop()",
        DSL.name(EVENTS.getName()));
    try (SteppedTransaction stopping = begin();
        SteppedTransaction other = begin()) {
      stopping.run(tx -> tx.dsl().fetch("select pg_advisory_lock({0})::text", DSL.inline(KEY)));
      CompletableFuture<List<RecordedEvent<ParcelEvent>>> batch =
          CompletableFuture.supplyAsync(() -> journal.append(to("batch", 3)));
      awaitStopped();
      other.run(tx -> append(tx, "other"));
      stopping.run(tx -> tx.dsl().fetch("select pg_advisory_unlock({0})::text", DSL.inline(KEY)));

      assertReadersSee(
          SteppedTransaction.await(batch).stream().mapToLong(RecordedEvent::position).toArray());
    }
  }

  /** More than its rows that are written at a time. */
  @Test
  void a_stream_that_comes_back_from_an_archive_is_not_seen_in_part() throws Exception {
    try (PostgresFixture elsewhere = new PostgresFixture();
        Daybook archive = elsewhere.open(options -> {})) {
      appendMoves(PREFIX + "moved", 250);
      daybook.streams().archiveTo(PREFIX + "moved", archive.streams());
      AtomicInteger draws = new AtomicInteger();
      List<SteppedTransaction> others = new ArrayList<>();
      openWith(
          options ->
              options.sqlListener(
                  sql -> {
                    if (sql.contains("generate_series") && draws.incrementAndGet() == 2) {
                      others.add(begin());
                      appendIn(others.get(0));
                    }
                  }));
      daybook.streams().restoreFrom(PREFIX + "moved", archive.streams());
      try (SteppedTransaction other = others.get(0)) {
        assertThat(everything()).isEmpty();
        other.commit();
      }
      assertThat(everything()).hasSize(251);
    }
  }

  private void appendIn(SteppedTransaction transaction) {
    try (Daybook another = database.open(options -> {})) {
      transaction.run(tx -> append(another.journal(ParcelEvent.class).within(tx), "other"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private SteppedTransaction begin() {
    return SteppedTransaction.begin(database.callersDataSource());
  }

  private long append(String name) {
    return append(journal, name);
  }

  private long append(Configuration transaction, String name) {
    return append(journal.within(transaction), name);
  }

  private static long append(Journal<ParcelEvent> to, String name) {
    return to.append(to(name, 1)).get(0).position();
  }

  private static Append<ParcelEvent> to(String name, int count) {
    return Append.of(
        PREFIX + name,
        ExpectedSeq.any(),
        Stream.generate(() -> NewEvent.of(moved(1)).tagged(TAG)).limit(count).toList());
  }

  private void assertReadersSee(long... expected) {
    List<Long> visible = LongStream.of(expected).boxed().toList();
    for (JournalQuery query : queries()) {
      assertThat(positions(journal.read(query))).as(query.toString()).isEqualTo(visible);
      assertThat(countStreamed(query)).as(query.toString()).isEqualTo(visible.size());
    }
    assertThat(journal.latestPosition())
        .isEqualTo(visible.isEmpty() ? 0L : visible.get(visible.size() - 1));
  }

  private static List<JournalQuery> queries() {
    return List.of(
        EventQuery.all(),
        EventQuery.all().taggedAllOf(TAG),
        EventQuery.all().taggedAnyOf(TAG, "other"),
        EventQuery.all().taggedNoneOf("other"),
        EventQuery.all().inStreams(PREFIX));
  }

  private Subscription follow(Daybook in) {
    return in.subscriptions()
        .start(
            Subscriber.of(
                "follower",
                in.journal(ParcelEvent.class),
                AtLeastOnce.each(event -> handled.add(event.position()))));
  }

  private void assertHandled(Subscription subscription, long... expected) {
    assertThat(reaches(subscription, expected[expected.length - 1])).isTrue();
    assertThat(handled).isEqualTo(LongStream.of(expected).boxed().toList());
  }

  private static boolean reaches(Subscription subscription, long position) {
    try {
      return subscription.awaitPosition(position, Await.PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitStopped() {
    Await.until(
        () ->
            callers
                .fetch("select from pg_locks where locktype = 'advisory' and not granted")
                .isNotEmpty());
  }
}
