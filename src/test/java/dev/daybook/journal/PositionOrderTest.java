package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.settings.TableNames;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions that commit in another order than they got their positions in: each race is brought
 * about step by step. Whoever reads stops before what is not committed yet, and misses nothing.
 */
class PositionOrderTest extends JournalConformance {

  private static final Duration LONG = Await.PATIENCE;
  private static final String TAG = "parcel";
  private static final String PREFIX = "s-";
  private static final String FOLLOWER = "follower";
  private static final String FOLLOWING = "daybook-" + FOLLOWER;
  private static final String NEWS = "daybook-news";
  private static final String WATERMARK = "pg_locks";

  private final List<Long> handled = new CopyOnWriteArrayList<>();
  private final List<Long> news = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> looks = new ConcurrentHashMap<>();
  private volatile Consumer<String> hook = sql -> {};
  private DSLContext callers = DSL.using(SQLDialect.POSTGRES);

  PositionOrderTest() {
    super(directory -> new PostgresFixture());
  }

  @BeforeEach
  void listen() {
    callers = DSL.using(database.callersDataSource(), SQLDialect.POSTGRES);
    openWith(options -> options.sqlListener(this::heard));
  }

  @Test
  void a_transaction_that_has_its_position_and_commits_last_is_waited_for() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      long held = slow.run(tx -> append(tx, "slow"));
      long later = append("fast");

      assertThat(later).isGreaterThan(held);
      assertReadersSee(first);
      assertThat(readStream(PREFIX + "fast")).as("a stream is read to its end").hasSize(1);
      assertThat(daybook.notifier().awaitPosition(later, Duration.ofMillis(1))).isFalse();

      slow.commit();
      assertReadersSee(first, held, later);
      assertThat(daybook.notifier().awaitPosition(later, LONG)).isTrue();
      assertHandled(subscription, first, held, later);
      Await.until(() -> news.contains(later));
      assertThat(news).as("news").containsExactly(later);
    }
  }

  @Test
  void a_transaction_that_rolls_back_lets_readers_go_on() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      long given = slow.run(tx -> append(tx, "slow"));
      long later = append("fast");
      assertReadersSee(first);

      slow.rollBack();
      assertThat(later).isGreaterThan(given);
      assertReadersSee(first, later);
      assertHandled(subscription, first, later);
    }
  }

  @Test
  void a_transaction_whose_backend_is_killed_lets_readers_go_on() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow()) {
      SteppedTransaction slow = begin();
      slow.run(tx -> append(tx, "slow"));
      long later = append("fast");
      assertReadersSee(first);

      callers.fetch("select pg_terminate_backend({0})", DSL.inline(slow.backend()));
      Await.until(() -> journal.latestPosition() == later);
      assertThatThrownBy(slow::commit).isInstanceOf(Exception.class);
      assertReadersSee(first, later);
      assertHandled(subscription, first, later);
    }
  }

  @Test
  void readers_are_held_back_by_the_first_of_several_and_go_on_one_by_one() throws Exception {
    try (Subscription subscription = follow();
        SteppedTransaction one = begin();
        SteppedTransaction two = begin()) {
      long p1 = one.run(tx -> append(tx, "one"));
      long p2 = append("fast");
      long p3 = two.run(tx -> append(tx, "two"));
      long p4 = append("fast");
      assertReadersSee();

      one.commit();
      assertReadersSee(p1, p2);
      two.commit();
      assertReadersSee(p1, p2, p3, p4);
      assertHandled(subscription, p1, p2, p3, p4);
    }
  }

  @Test
  void a_transaction_sees_its_own_events_and_is_held_back_by_others() throws Exception {
    try (SteppedTransaction other = begin();
        SteppedTransaction own = begin()) {
      long first = own.run(tx -> append(tx, "own"));
      long fast = append("fast");
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast);

      long held = other.run(tx -> append(tx, "other"));
      long second = own.run(tx -> append(tx, "own"));
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast);
      long latest = own.run(tx -> journal.within(tx).latestPosition());
      assertThat(latest).isEqualTo(fast);

      other.commit();
      assertThat(seenBy(own, EventQuery.all())).containsExactly(first, fast, held, second);
      own.commit();
    }
  }

  @Test
  void transactions_that_do_not_append_here_hold_nobody_back() throws Exception {
    Daybook elsewhere = open(options -> options.tables(TableNames.defaults().inSchema("other")));
    Daybook prefixed = open(options -> options.tables(TableNames.prefixed("more_")));
    callers.execute("create table unrelated (id bigint)");
    long first = append("before");
    try (SteppedTransaction reading = begin();
        SteppedTransaction writing = begin();
        SteppedTransaction otherSchema = begin();
        SteppedTransaction otherNames = begin()) {
      reading.run(
          tx -> tx.dsl().execute("set transaction isolation level repeatable read, read only"));
      reading.run(tx -> tx.dsl().fetchCount(DSL.table(DSL.name(EVENTS.getName()))));
      writing.run(tx -> tx.dsl().execute("insert into unrelated values (1)"));
      assertThat(seenBy(writing, EventQuery.all())).containsExactly(first);
      otherSchema.run(tx -> append(elsewhere.journal(ParcelEvent.class).within(tx), "a"));
      otherNames.run(tx -> append(prefixed.journal(ParcelEvent.class).within(tx), "a"));

      long second = append("fast");
      assertReadersSee(first, second);
      assertThat(elsewhere.rawJournal().latestPosition()).isZero();
      assertThat(prefixed.rawJournal().latestPosition()).isZero();
      otherSchema.commit();
      assertThat(elsewhere.rawJournal().latestPosition()).isEqualTo(1);
      assertThat(prefixed.rawJournal().latestPosition()).isZero();
    }
  }

  @Test
  void what_a_savepoint_had_announced_is_announced_again_after_it_is_rolled_back()
      throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin()) {
      slow.run(tx -> tx.dsl().execute("savepoint mine"));
      long lost = slow.run(tx -> append(tx, "lost"));
      long second = append("fast");
      assertReadersSee(first);
      slow.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      assertReadersSee(first, second);

      long held = slow.run(tx -> append(tx, "kept"));
      long last = append("fast");
      assertReadersSee(first, second);
      assertThat(held).isGreaterThan(lost);

      slow.commit();
      assertReadersSee(first, second, held, last);
      assertHandled(subscription, first, second, held, last);
    }
  }

  @Test
  void what_was_announced_before_a_savepoint_stays_so_when_it_is_rolled_back() throws Exception {
    try (SteppedTransaction slow = begin()) {
      long held = slow.run(tx -> append(tx, "kept"));
      long fast = append("fast");
      slow.run(tx -> tx.dsl().execute("savepoint mine"));
      slow.run(tx -> append(tx, "lost"));
      slow.run(tx -> tx.dsl().execute("rollback to savepoint mine"));
      long last = append("fast");
      assertReadersSee();

      slow.commit();
      assertReadersSee(held, fast, last);
    }
  }

  @Test
  void a_stream_that_begins_while_readers_are_held_back_is_listed_once() throws Exception {
    append("before");
    try (SteppedTransaction slow = begin()) {
      slow.run(tx -> append(tx, "slow"));
      append("fast");
      try (Stream<String> ids = daybook.queries(journal).liveStreamIds(PREFIX).stream()) {
        Iterator<String> each = ids.iterator();
        assertThat(List.of(each.next(), each.next()))
            .containsExactly(PREFIX + "before", PREFIX + "fast");

        slow.commit();
        append("last");
        assertThat(List.of(each.next(), each.next()))
            .containsExactly(PREFIX + "slow", PREFIX + "last");
      }
    }
  }

  @Test
  void a_transaction_takes_one_lock_however_much_it_appends() throws Exception {
    try (SteppedTransaction slow = begin()) {
      for (int i = 0; i < 3; i++) {
        slow.run(tx -> append(tx, "slow"));
        append("fast");
      }
      assertThat(number("select count(*) from pg_locks where locktype = 'advisory'")).isEqualTo(1);
    }
  }

  @Test
  void whatever_is_committed_between_the_statements_of_a_read_is_read_next_time() throws Exception {
    long seen = append("before");
    int statement = 0;
    AtomicBoolean injected;
    do {
      statement++;
      try (SteppedTransaction slow = begin();
          SteppedTransaction slower = begin()) {
        List<Long> given = new ArrayList<>();
        given.add(slow.run(tx -> append(tx, "slow")));
        injected =
            inject(
                Thread.currentThread().getName(),
                statement,
                () -> commitAndGoOn(slow, slower, given));
        List<Long> read = readOn(seen);
        hook = sql -> {};
        if (injected.get()) {
          read.addAll(readOn(read.isEmpty() ? seen : read.get(read.size() - 1)));
          assertThat(read).as("before statement %d", statement).isEqualTo(given.subList(0, 2));
          slower.commit();
          read.addAll(readOn(given.get(1)));
          assertThat(read).as("before statement %d", statement).isEqualTo(given);
          seen = given.get(given.size() - 1);
        }
      }
    } while (injected.get());
    assertThat(statement).as("statements of a read, and one").isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_subscription_misses_nothing_that_is_committed_between_its_statements(int statement)
      throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction slow = begin();
        SteppedTransaction slower = begin()) {
      // Its statements are to be those of looking only, and not of saving how far it has come.
      Await.until(
          () -> daybook.checkpoints().load(FOLLOWER).map(Checkpoint::position).orElse(0L) == first);
      List<Long> given = new ArrayList<>(List.of(first));
      given.add(slow.run(tx -> append(tx, "slow")));
      AtomicBoolean injected =
          inject(FOLLOWING, statement, () -> commitAndGoOn(slow, slower, given));
      Await.until(
          () -> {
            daybook.notifier().signal();
            return injected.get();
          });
      awaitLook(FOLLOWING);
      assertThat(handled).isEqualTo(given.subList(0, 3));

      slower.commit();
      assertThat(subscription.awaitPosition(given.get(given.size() - 1), LONG)).isTrue();
      assertThat(handled).isEqualTo(given);
    }
  }

  /**
   * It waits for its lock, because the test has locked the key, when it has read the last position.
   * Then it announces one that readers are behind already.
   */
  @Test
  void a_writer_that_is_late_to_announce_what_it_has_read_is_not_missed() throws Exception {
    long first = append("before");
    try (Subscription subscription = follow();
        SteppedTransaction blocking = begin();
        SteppedTransaction slow = begin()) {
      lock(blocking, "pg_advisory_lock", first);
      CompletableFuture<Long> appending = slow.start(tx -> append(tx, "slow"));
      awaitBlocked();
      assertThat(number("select nextval({0})", DSL.inline(EVENTS.getName() + "_position")))
          .isEqualTo(2);
      long second = append("fast");
      assertReadersSee(first, second);
      assertHandled(subscription, first, second);

      lock(blocking, "pg_advisory_unlock", first);
      long held = SteppedTransaction.await(appending);
      long last = append("fast");
      assertThat(held).isGreaterThan(second);
      assertThat(readOn(second)).isEmpty();
      awaitLook(FOLLOWING);
      assertThat(handled).containsExactly(first, second);

      slow.commit();
      assertThat(readOn(second)).containsExactly(held, last);
      assertReadersSee(first, second, held, last);
      assertHandled(subscription, first, second, held, last);
    }
  }

  /** A commit is visible a moment before its locks are released: here the test prolongs that. */
  @Test
  void readers_are_woken_when_they_are_no_longer_held_back() throws Exception {
    Daybook other = open(options -> {});
    daybook.notifier().onNews(news::add);
    try (SteppedTransaction blocking = begin()) {
      lock(blocking, "pg_advisory_lock_shared", 0);
      long position = append(other.journal(ParcelEvent.class), "fast");
      awaitLook(NEWS);
      assertReadersSee();

      lock(blocking, "pg_advisory_unlock_shared", 0);
      Await.until(() -> news.contains(position));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"repeatable read", "serializable"})
  void a_transaction_that_goes_on_seeing_an_older_state_reads_streams_only(String isolation)
      throws Exception {
    append("before");
    try (SteppedTransaction older = begin()) {
      older.run(tx -> tx.dsl().execute("set transaction isolation level " + isolation));
      older.run(tx -> append(tx, "own"));

      assertThatThrownBy(() -> older.run(tx -> journal.within(tx).read(EventQuery.all())))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("READ COMMITTED");
      assertThatThrownBy(() -> older.run(tx -> journal.within(tx).latestPosition()))
          .isInstanceOf(InvalidInputException.class);
      assertThat(seenBy(older, EventQuery.stream(PREFIX + "own"))).hasSize(1);
      older.commit();
    }
    assertThat(everything()).hasSize(2);
  }

  /** Commits one, and leaves the other with a position between those of two more events. */
  private void commitAndGoOn(SteppedTransaction slow, SteppedTransaction slower, List<Long> given)
      throws Exception {
    slow.commit();
    given.add(append("fast"));
    given.add(slower.run(tx -> append(tx, "slower")));
    given.add(append("fast"));
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
    NewEvent<ParcelEvent> event = NewEvent.of(moved(1)).tagged(TAG);
    return to.append(Append.of(PREFIX + name, ExpectedSeq.any(), List.of(event))).get(0).position();
  }

  private List<Long> readOn(long after) {
    return new ArrayList<>(positions(journal.read(EventQuery.all().after(after))));
  }

  private List<Long> seenBy(SteppedTransaction transaction, EventQuery query) throws Exception {
    return transaction.run(tx -> positions(journal.within(tx).read(query)));
  }

  private void assertReadersSee(long... expected) {
    List<Long> visible = LongStream.of(expected).boxed().toList();
    for (JournalQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAllOf(TAG),
            EventQuery.all().taggedAnyOf(TAG, "other"),
            EventQuery.all().taggedNoneOf("other"),
            EventQuery.all().inStreams(PREFIX))) {
      assertThat(positions(journal.read(query))).as(query.toString()).isEqualTo(visible);
    }
    assertThat(journal.latestPosition())
        .isEqualTo(visible.isEmpty() ? 0L : visible.get(visible.size() - 1));
  }

  /** A subscription, and a listener to news. */
  private Subscription follow() {
    daybook.notifier().onNews(news::add);
    return daybook
        .subscriptions()
        .start(
            Subscriber.of(
                FOLLOWER, journal, AtLeastOnce.each(event -> handled.add(event.position()))));
  }

  private void assertHandled(Subscription subscription, long... expected) throws Exception {
    assertThat(subscription.awaitPosition(expected[expected.length - 1], LONG)).isTrue();
    assertThat(handled).isEqualTo(LongStream.of(expected).boxed().toList());
  }

  private void heard(String sql) {
    if (sql.contains(WATERMARK)) {
      looks.merge(Thread.currentThread().getName(), 1, Integer::sum);
    }
    hook.accept(sql);
  }

  /** Waits until a thread has looked for events once more, and has done with what it found. */
  private void awaitLook(String thread) {
    for (int i = 0; i < 2; i++) {
      int before = looks.getOrDefault(thread, 0);
      daybook.notifier().signal();
      Await.until(() -> looks.getOrDefault(thread, 0) > before);
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  /**
   * Does something once, just before the n-th statement of a thread's next read.
   *
   * @return whether it was done
   */
  private AtomicBoolean inject(String thread, int statement, Action action) {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    hook =
        sql -> {
          boolean begun = seen.get() > 0 || sql.contains(WATERMARK);
          if (Thread.currentThread().getName().equals(thread)
              && begun
              && seen.incrementAndGet() == statement) {
            try {
              action.run();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            done.set(true);
          }
        };
    return done;
  }

  /** Locks, or unlocks, the key of a writer that has read this last position, for the session. */
  private static void lock(SteppedTransaction transaction, String function, long position)
      throws Exception {
    transaction.run(
        tx ->
            tx.dsl()
                .fetch(
                    "select "
                        + function
                        + "((({0}::regclass::oid::bigint & 65535) << 48) | {1})::text",
                    DSL.inline(EVENTS.getName()),
                    DSL.inline(position)));
  }

  private void awaitBlocked() {
    Await.until(
        () ->
            number("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                == 1);
  }

  private long number(String sql, QueryPart... parts) {
    return Objects.requireNonNull(callers.resultQuery(sql, parts).fetchSingle(0, Long.class));
  }
}
