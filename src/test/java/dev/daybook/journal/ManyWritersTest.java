package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * Many writers at once, in transactions as long as random numbers say, some of which roll back and
 * some of which lose their backend, while some readers follow the journal page by page.
 */
class ManyWritersTest extends JournalConformance {

  private static final int WRITERS = 32;
  private static final int TRANSACTIONS = 25;
  private static final int FOLLOWERS = 3;
  private static final int PAGE = 20;
  private static final int MOST_APPENDS = 4;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int UNRELATED_LOCKS = 3_000;

  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final long seed = new Random().nextLong();
  private DSLContext callers = DSL.using(SQLDialect.POSTGRES);

  private static final class RollBack extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  ManyWritersTest() {
    super(directory -> new PostgresFixture());
  }

  @Test
  void each_follower_reads_what_was_committed_once_and_in_order() {
    callers = DSL.using(database.callersDataSource(), SQLDialect.POSTGRES);
    List<Callable<List<Long>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(seed + writer);
      tasks.add(() -> write(random));
    }
    for (int follower = 0; follower < FOLLOWERS; follower++) {
      tasks.add(this::follow);
    }

    List<List<Long>> results =
        slowingReaders(
            () -> ConcurrentRendezvous.collide(tasks).stream().map(Outcome::orThrow).toList());

    List<Long> committed =
        results.subList(0, WRITERS).stream().flatMap(List::stream).sorted().toList();
    assertThat(committed).as("seed %d", seed).hasSizeGreaterThan(WRITERS * TRANSACTIONS / 2);
    assertThat(results.subList(WRITERS, WRITERS + FOLLOWERS))
        .as("seed %d", seed)
        .allSatisfy(read -> assertThat(read).isEqualTo(committed));
  }

  /** A reader looks through all locks: so a reader takes longer between its steps. */
  private <T> T slowingReaders(Callable<T> work) {
    return callers.transactionResult(
        transaction -> {
          transaction
              .dsl()
              .fetch(
                  "select count(pg_advisory_xact_lock_shared(-id)::text) from generate_series(1, {0}) as id",
                  DSL.inline(UNRELATED_LOCKS));
          return work.call();
        });
  }

  /** The positions of what was committed. */
  private List<Long> write(Random random) {
    List<Long> committed = new ArrayList<>();
    try {
      for (int i = 0; i < TRANSACTIONS; i++) {
        committed.addAll(random.nextBoolean() ? appendAlone(random) : appendInTransaction(random));
      }
    } finally {
      writing.decrementAndGet();
    }
    return committed;
  }

  private List<Long> appendAlone(Random random) {
    return positions(append(journal, random));
  }

  private List<Long> appendInTransaction(Random random) {
    int end = random.nextInt(10);
    try {
      return callers.transactionResult(transaction -> appendSome(transaction, random, end));
    } catch (RollBack e) {
      return List.of();
    } catch (DataAccessException e) {
      if (end == 1) {
        return List.of();
      }
      throw e;
    }
  }

  private List<Long> appendSome(Configuration transaction, Random random, int end) {
    List<Long> given = new ArrayList<>();
    int appends = 1 + random.nextInt(MOST_APPENDS);
    for (int i = 0; i < appends; i++) {
      given.addAll(positions(append(journal.within(transaction), random)));
      LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
    }
    if (end == 0) {
      throw new RollBack();
    }
    if (end == 1) {
      transaction.dsl().fetch("select pg_terminate_backend(pg_backend_pid())");
    }
    return given;
  }

  /**
   * To a stream that no other writer is likely to write, so that they don't wait for each other.
   */
  private static List<RecordedEvent<ParcelEvent>> append(Journal<ParcelEvent> to, Random random) {
    List<NewEvent<ParcelEvent>> events =
        Stream.generate(() -> NewEvent.of(moved(1)))
            .limit(1 + random.nextInt(MOST_APPENDS))
            .toList();
    return to.append(Append.of("stream-" + random.nextLong(), ExpectedSeq.any(), events));
  }

  private List<Long> follow() {
    List<Long> read = new ArrayList<>();
    boolean more = true;
    while (more) {
      boolean last = writing.get() == 0;
      long after = read.isEmpty() ? 0 : read.get(read.size() - 1);
      List<Long> page = positions(journal.read(EventQuery.all().after(after).limit(PAGE)));
      read.addAll(page);
      more = !last || !page.isEmpty();
    }
    return read;
  }
}
