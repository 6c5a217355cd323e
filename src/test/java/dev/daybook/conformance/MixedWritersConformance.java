package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Races of different kinds of writers: appends, deletes, transactions, and a second Daybook. */
public abstract class MixedWritersConformance extends JournalConformance {

  private static final int APPENDS = 200;

  protected MixedWritersConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void deletes_and_appends_on_one_stream_never_give_a_number_twice() {
    Callable<List<Long>> appending = () -> appendAtTheEnd("a", 0);
    Callable<List<Long>> deleting =
        () -> {
          long deleted = 0;
          while (deleted < 2 * APPENDS) {
            deleted += journal.delete("a", Long.MAX_VALUE);
          }
          return List.of(deleted);
        };

    List<Outcome<List<Long>>> outcomes =
        ConcurrentRendezvous.collide(List.of(appending, appending, deleting));

    Set<Long> given = new HashSet<>();
    outcomes.subList(0, 2).forEach(outcome -> given.addAll(outcome.orThrow()));
    assertThat(given).hasSize(2 * APPENDS);
    assertThat(outcomes.get(2).orThrow()).containsExactly(2L * APPENDS);
    assertThat(journal.highestSeq("a")).isEqualTo(2 * APPENDS);
    assertThat(readStream("a")).isEmpty();
  }

  @Test
  void transactions_that_race_each_see_the_one_before() {
    List<Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(8, thread -> () -> appendInTransactions(thread));

    int refused = outcomes.stream().mapToInt(Outcome::orThrow).sum();
    if (!database.writesInParallel()) {
      assertThat(refused).as("who reads has the database for himself").isZero();
    }
    assertThat(seqs(readStream("a"))).isEqualTo(LongStream.rangeClosed(1, 8 * 25).boxed().toList());
  }

  @Test
  void of_two_transactions_that_read_the_same_only_one_writes_behind_it() {
    CyclicBarrier bothHaveRead = new CyclicBarrier(database.writesInParallel() ? 2 : 1);
    List<Outcome<Long>> outcomes =
        ConcurrentRendezvous.collide(
            2,
            thread ->
                () ->
                    daybook.transactionResult(
                        transaction -> {
                          Journal<ParcelEvent> inside = journal.within(transaction);
                          long seq = inside.highestSeq("a");
                          bothHaveRead.await();
                          return inside.append("a", ExpectedSeq.exactly(seq), moved(1)).seq();
                        }));

    if (database.writesInParallel()) {
      assertThat(outcomes).filteredOn(Outcome::succeeded).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.succeeded())
          .singleElement()
          .extracting(Outcome::failure, InstanceOfAssertFactories.THROWABLE)
          .isInstanceOfSatisfying(
              ConflictException.class, e -> assertThat(e.actual()).isEqualTo(1));
      assertThat(journal.highestSeq("a")).isEqualTo(1);
    } else {
      assertThat(outcomes.stream().map(Outcome::orThrow)).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void two_daybooks_on_a_shared_database_race_without_loss() {
    Journal<ParcelEvent> other = database.isShared() ? another() : journal;
    List<Outcome<List<Long>>> outcomes =
        ConcurrentRendezvous.collide(
            8,
            thread -> {
              Journal<ParcelEvent> mine = thread % 2 == 0 ? journal : other;
              return () -> {
                List<Long> seqs = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                  seqs.add(mine.append("a", ExpectedSeq.any(), moved(i)).seq());
                }
                return seqs;
              };
            });

    List<Long> given = new ArrayList<>();
    outcomes.forEach(outcome -> given.addAll(outcome.orThrow()));
    given.sort(Long::compare);
    assertThat(given).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    assertThat(seqs(readStream("a"))).isEqualTo(given);
  }

  private Journal<ParcelEvent> another() {
    Daybook second = open(options -> options.busyTimeout(java.time.Duration.ofMinutes(1)));
    openWith(options -> options.busyTimeout(java.time.Duration.ofMinutes(1)));
    return second.journal(ParcelEvent.class);
  }

  /** Appends 25 times, and says how often somebody else had been faster. */
  private int appendInTransactions(int thread) {
    int refused = 0;
    int appended = 0;
    while (appended < 25) {
      try {
        appendInTransaction(thread);
        appended++;
      } catch (ConflictException e) {
        refused++;
      }
    }
    return refused;
  }

  private long appendInTransaction(int thread) {
    return daybook.transactionResult(
        transaction -> {
          Journal<ParcelEvent> inside = journal.within(transaction);
          long seq = inside.highestSeq("a");
          return inside.append("a", ExpectedSeq.exactly(seq), moved(thread)).seq();
        });
  }

  /** Appends behind what it believes is the last event, and again if somebody was faster. */
  private List<Long> appendAtTheEnd(String streamId, int thread) {
    List<Long> seqs = new ArrayList<>();
    long last = 0;
    while (seqs.size() < APPENDS) {
      try {
        last =
            journal
                .append(
                    streamId, ExpectedSeq.exactly(last), posted(thread + " " + (seqs.size() + 1)))
                .seq();
        seqs.add(last);
      } catch (ConflictException e) {
        last = e.actual();
      }
    }
    return seqs;
  }
}
