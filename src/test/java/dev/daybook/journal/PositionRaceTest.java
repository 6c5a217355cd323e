package dev.daybook.journal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions that commit, or get their positions, between two statements of a reader or writer:
 * each race is brought about step by step, and nothing is missed.
 */
class PositionRaceTest extends HeldBackReaders {

  private static final String FOLLOWING = "daybook-" + FOLLOWER;
  private static final String NEWS = "daybook-news";
  private static final String WATERMARK = "pg_locks";
  private final Map<String, Integer> looks = new ConcurrentHashMap<>();
  private volatile Consumer<String> hook = sql -> {};

  @BeforeEach
  void listen() {
    openWith(options -> options.sqlListener(this::heard));
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
      Await.position(subscription, given.get(given.size() - 1));
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

  /** Commits one, and leaves the other with a position between those of two more events. */
  private void commitAndGoOn(SteppedTransaction slow, SteppedTransaction slower, List<Long> given)
      throws Exception {
    slow.commit();
    given.add(append("fast"));
    given.add(slower.run(tx -> append(tx, "slower")));
    given.add(append("fast"));
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
}
