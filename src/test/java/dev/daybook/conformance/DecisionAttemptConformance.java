package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.ConflictException;
import dev.daybook.recovery.Executed;
import dev.daybook.recovery.Recovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Attempts at a decision: turns of threads, conflicts with other writers, and interrupts. */
public abstract class DecisionAttemptConformance extends StockConformance {

  protected DecisionAttemptConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_decision_is_made_again_if_another_writer_was_first() {
    List<Integer> seen = new ArrayList<>();

    Executed<Stock, StockEvent> executed =
        stocks.execute(
            "tea",
            stock -> {
              seen.add(stock.left());
              if (seen.size() < 4) {
                stocked("tea", 1);
              }
              return List.of(stock(10));
            });

    assertThat(seen).containsExactly(0, 1, 2, 3);
    assertThat(executed.state()).isEqualTo(new Stock(13));
    assertThat(executed.seq()).isEqualTo(4);
  }

  @Test
  void after_the_last_attempt_the_conflict_is_thrown() {
    AtomicInteger decisions = new AtomicInteger();

    assertThatThrownBy(
            () ->
                stocks
                    .attempts(3)
                    .execute(
                        "tea",
                        "k",
                        stock -> {
                          decisions.incrementAndGet();
                          stocked("tea", 1);
                          return List.of(stock(10));
                        }))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("expected sequence number 2, found sequence number 3");

    assertThat(decisions).hasValue(3);
    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock(3));
    assertThat(events.findByKey("tea", "k")).isEmpty();
  }

  /** One attempt is enough for each, so no thread loses to another, however long that goes on. */
  @Test
  void threads_of_one_recovery_take_turns() {
    int threads = 16;
    int each = 5;
    Recovery<Stock, StockEvent> once = stocks.attempts(1);

    List<ConcurrentRendezvous.Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            threads,
            thread ->
                () -> {
                  for (int i = 0; i < each; i++) {
                    once.execute("tea", thread + "/" + i, stock -> List.of(stock(1)));
                  }
                  return thread;
                });

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
    assertThat(once.recover("tea").state()).isEqualTo(new Stock(threads * each));
  }

  /** As in several processes: no turns, and so conflicts. */
  @Test
  void recoveries_that_know_nothing_of_each_other_lose_no_decision() {
    int threads = 16;

    List<ConcurrentRendezvous.Outcome<Executed<Stock, StockEvent>>> outcomes =
        ConcurrentRendezvous.collide(
            threads,
            thread ->
                () ->
                    stocks(daybook.journal(StockEvent.class))
                        .attempts(1_000)
                        .execute("tea", stock -> List.of(stock(stock.left() + 1))));

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock((1 << threads) - 1));
  }

  @Test
  void a_conflict_inside_a_transaction_is_decided_again_where_others_may_write() {
    AtomicInteger decisions = new AtomicInteger();
    daybook.transaction(
        tx -> {
          Executed<Stock, StockEvent> executed =
              stocks.within(tx).execute("tea", stock -> decideAfterAnother(stock, decisions));
          assertThat(executed.seq()).isEqualTo(database.writesInParallel() ? 2 : 1);
        });

    assertThat(decisions).hasValue(database.writesInParallel() ? 2 : 1);
  }

  private List<StockEvent> decideAfterAnother(Stock stock, AtomicInteger decisions) {
    if (decisions.getAndIncrement() == 0) {
      if (database.writesInParallel()) {
        CompletableFuture.runAsync(() -> stocked("tea", 5)).join();
      } else {
        assertThatThrownBy(() -> stocked("tea", 5)).isInstanceOf(IllegalStateException.class);
      }
    }
    return List.of(stock(stock.left()));
  }

  @Test
  void a_thread_that_waits_for_its_turn_can_be_interrupted() throws Exception {
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch decided = new CountDownLatch(1);
    FutureTask<?> first = executing(deciding, decided);
    deciding.await();
    FutureTask<Throwable> second =
        new FutureTask<>(
            () -> {
              try {
                stocks.execute("tea", stock -> List.of(stock(2)));
                return null;
              } catch (WaitInterruptedException e) {
                return Thread.currentThread().isInterrupted() ? e : null;
              }
            });
    Thread waiting = new Thread(second);
    waiting.start();
    Await.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    waiting.interrupt();

    assertThat(second.get()).isInstanceOf(WaitInterruptedException.class);
    decided.countDown();
    first.get();
    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock(1));
  }

  @Test
  void a_thread_that_is_interrupted_makes_no_further_attempt() {
    AtomicInteger decisions = new AtomicInteger();

    assertThatThrownBy(
            () ->
                stocks.execute(
                    "tea",
                    stock -> {
                      decisions.incrementAndGet();
                      stocked("tea", 1);
                      Thread.currentThread().interrupt();
                      return List.of(stock(10));
                    }))
        .isInstanceOf(WaitInterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(decisions).hasValue(1);
    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock(1));
  }

  private FutureTask<?> executing(CountDownLatch deciding, CountDownLatch decided) {
    FutureTask<?> task =
        new FutureTask<>(
            () ->
                stocks.execute(
                    "tea",
                    stock -> {
                      deciding.countDown();
                      decided.await();
                      return List.of(stock(1));
                    }));
    new Thread(task).start();
    return task;
  }
}
