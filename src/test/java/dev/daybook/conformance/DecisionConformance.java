package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.recovery.Executed;
import dev.daybook.recovery.Recovery;
import dev.daybook.recovery.RecoveryGapException;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions: a state is read, something is decided about it, and its events are appended. */
public abstract class DecisionConformance extends JournalConformance {

  /** What happens to a stock. */
  public sealed interface StockEvent {

    /** Goods have come in. */
    record Stocked(int count) implements StockEvent {}

    /** One piece has been ordered. */
    record Ordered(String by) implements StockEvent {}
  }

  /** How many pieces are left. */
  public record Stock(int left) {

    static final Stock EMPTY = new Stock(0);

    Stock after(RecordedEvent<StockEvent> event) {
      return event.data() instanceof StockEvent.Stocked stocked
          ? new Stock(left + stocked.count())
          : new Stock(left - 1);
    }

    List<StockEvent> order(String by) throws SoldOut {
      if (left == 0) {
        throw new SoldOut();
      }
      return List.of(new StockEvent.Ordered(by));
    }
  }

  /** Nothing is left. */
  public static final class SoldOut extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private Journal<StockEvent> events;
  private Recovery<Stock, StockEvent> stocks;

  protected DecisionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeStocks() {
    events = daybook.journal(StockEvent.class);
    stocks = stocks(events);
  }

  private static Recovery<Stock, StockEvent> stocks(Journal<StockEvent> of) {
    return Recovery.of(of, () -> Stock.EMPTY, Stock::after);
  }

  @Test
  void the_second_identical_order_returns_what_the_first_one_did() throws SoldOut {
    stocked("tea", 1);

    Executed<Stock, StockEvent> first =
        stocks.execute("tea", "order-9", stock -> stock.order("ann"));
    Executed<Stock, StockEvent> second =
        stocks.execute("tea", "order-9", stock -> stock.order("ann"));

    assertThat(first.events())
        .extracting(RecordedEvent::data)
        .containsExactly(new StockEvent.Ordered("ann"));
    assertThat(first.isRepeated()).isFalse();
    assertThat(second.events()).isEqualTo(first.events());
    assertThat(second.isRepeated()).isTrue();
    assertThat(second.state()).isEqualTo(first.state()).isEqualTo(Stock.EMPTY);
    assertThatThrownBy(() -> stocks.execute("tea", "order-10", stock -> stock.order("bob")))
        .isInstanceOf(SoldOut.class);
    assertThat(events.highestSeq("tea")).isEqualTo(2);
  }

  @Test
  void the_result_has_the_events_and_the_state_after_them() {
    Executed<Stock, StockEvent> made = stocks.execute("tea", stock -> List.of(stock(5)));
    Executed<Stock, StockEvent> next =
        stocks.execute("tea", stock -> List.of(stock(stock.left()), stock(1)));

    assertThat(made.state()).isEqualTo(new Stock(5));
    assertThat(made.streamId()).isEqualTo("tea");
    assertThat(made.seq()).isEqualTo(1);
    assertThat(next.state()).isEqualTo(new Stock(11));
    assertThat(next.seq()).isEqualTo(3);
    assertThat(next.events())
        .isEqualTo(events.read(EventQuery.stream("tea").from(2)))
        .extracting(RecordedEvent::data)
        .containsExactly(stock(5), stock(1));
  }

  @Test
  void a_decision_that_returns_nothing_appends_nothing_and_leaves_its_key_free() {
    stocked("tea", 2);

    Executed<Stock, StockEvent> nothing = stocks.execute("tea", "k", stock -> List.of());

    assertThat(nothing.events()).isEmpty();
    assertThat(nothing.isRepeated()).isFalse();
    assertThat(nothing.state()).isEqualTo(new Stock(2));
    assertThat(nothing.seq()).isEqualTo(1);
    assertThat(stocks.execute("tea", "k", stock -> List.of(stock(1))).isRepeated()).isFalse();
    assertThat(stocks.execute("new", stock -> List.of()).seq()).isZero();
    assertThat(events.highestSeq("new")).isZero();
  }

  @Test
  @SuppressWarnings("NullAway") // One of the decisions breaks its contract.
  void what_a_decision_throws_is_thrown_and_nothing_is_written() {
    ConflictException own = new ConflictException("other", ExpectedSeq.noStream(), 1);
    AtomicInteger decisions = new AtomicInteger();

    assertThatThrownBy(() -> stocks.execute("tea", stock -> stock.order("ann")))
        .isInstanceOf(SoldOut.class);
    assertThatThrownBy(
            () ->
                stocks.execute(
                    "tea",
                    stock -> {
                      decisions.incrementAndGet();
                      throw own;
                    }))
        .isSameAs(own);
    assertThatThrownBy(() -> stocks.execute("tea", stock -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("what the decision returned");

    assertThat(decisions).hasValue(1);
    assertThat(events.highestSeq("tea")).isZero();
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
  void of_identical_orders_at_once_one_is_recorded_and_all_return_it() {
    stocked("tea", 1);

    List<ConcurrentRendezvous.Outcome<Executed<Stock, StockEvent>>> outcomes =
        ConcurrentRendezvous.collide(
            8,
            thread ->
                () ->
                    stocks(daybook.journal(StockEvent.class))
                        .execute("tea", "order-9", stock -> stock.order("ann")));

    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.failure()).isNull();
              assertThat(outcome.orThrow().state()).isEqualTo(Stock.EMPTY);
              assertThat(outcome.orThrow().events()).isEqualTo(events.findByKey("tea", "order-9"));
            });
    assertThat(outcomes).filteredOn(outcome -> !outcome.orThrow().isRepeated()).hasSize(1);
    assertThat(events.highestSeq("tea")).isEqualTo(2);
  }

  /** Nothing is sold out for an order that is recorded, whenever that happens. */
  @ParameterizedTest
  @ValueSource(strings = {"stream", "findByKey", "appendOnce"})
  void an_identical_order_before_each_step_is_found(String step) throws SoldOut {
    stocked("tea", 1);
    Recovery<Stock, StockEvent> raced = stocks(before(step, this::order));

    Executed<Stock, StockEvent> executed =
        raced.execute("tea", "order-9", stock -> stock.order("ann"));

    assertThat(executed.isRepeated()).isTrue();
    assertThat(executed.events()).isEqualTo(events.findByKey("tea", "order-9")).hasSize(1);
    assertThat(executed.state()).isEqualTo(Stock.EMPTY);
    assertThat(executed.seq()).isEqualTo(2);
    assertThat(events.highestSeq("tea")).isEqualTo(2);
  }

  @Test
  void a_repeated_decision_returns_the_state_of_now() {
    Executed<Stock, StockEvent> first =
        stocks.execute("tea", "k", stock -> List.of(stock(1), stock(2)));
    stocked("tea", 4);

    Executed<Stock, StockEvent> repeated =
        stocks.execute(
            "tea",
            "k",
            stock -> {
              throw new AssertionError("it is decided already");
            });

    assertThat(repeated.events()).isEqualTo(first.events());
    assertThat(repeated.state()).isEqualTo(new Stock(7));
    assertThat(repeated.seq()).isEqualTo(3);
  }

  @Test
  void snapshots_are_saved_as_the_recovery_says() {
    SnapshotStore<Stock> snapshots = daybook.snapshots(Stock.class);
    Recovery<Stock, StockEvent> every =
        Recovery.of(events, snapshots, () -> Stock.EMPTY, Stock::after).snapshotEvery(3);

    for (int i = 0; i < 5; i++) {
      every.execute("tea", stock -> List.of(stock(1)));
    }

    assertThat(snapshots.loadLatest("tea")).map(Snapshot::state).contains(new Stock(3));
    assertThat(every.recover("tea").state()).isEqualTo(new Stock(5));
    assertThatThrownBy(() -> stocks.snapshotEvery(3)).isInstanceOf(InvalidInputException.class);
    assertThat(stocks.compact("tea")).isZero();
  }

  /** The events are folded into the state that the decision saw, not into one that is kept. */
  @Test
  void a_fold_may_change_its_state() {
    Recovery<List<StockEvent>, StockEvent> lists =
        Recovery.of(
            events,
            ArrayList::new,
            (list, event) -> {
              list.add(event.data());
              return list;
            });
    AtomicInteger decisions = new AtomicInteger();

    lists.execute("tea", list -> List.of(stock(1)));
    Executed<List<StockEvent>, StockEvent> executed =
        lists.execute(
            "tea",
            list -> {
              if (decisions.getAndIncrement() == 0) {
                stocked("tea", 7);
              }
              return List.of(stock(list.size()));
            });

    assertThat(executed.state()).containsExactly(stock(1), stock(7), stock(2));
  }

  @Test
  void events_may_have_tags() {
    Executed<Stock, StockEvent> executed =
        stocks.executeNewEvents(
            "tea", "k", stock -> List.of(NewEvent.of(stock(3)).tagged("goods:tea")));
    stocks.executeNewEvents("tea", stock -> List.of(NewEvent.of(stock(stock.left()))));

    assertThat(events.read(EventQuery.all().taggedAllOf("goods:tea"))).isEqualTo(executed.events());
    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock(6));
  }

  @Test
  void it_commits_and_rolls_back_with_the_callers_transaction() {
    daybook.transaction(
        tx -> {
          Recovery<Stock, StockEvent> inside = stocks.within(tx);
          inside.execute("tea", "k", stock -> List.of(stock(2)));
          assertThat(inside.execute("tea", stock -> List.of(stock(stock.left()))).state())
              .isEqualTo(new Stock(4));
          assertThat(inside.execute("tea", "k", stock -> List.of(stock(2))).isRepeated()).isTrue();
        });
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      stocks.within(tx).execute("tea", stock -> List.of(stock(1)));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(stocks.recover("tea").state()).isEqualTo(new Stock(4));
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
  void a_stream_that_is_not_active_is_refused_but_for_what_is_recorded() throws SoldOut {
    stocked("tea", 1);
    Executed<Stock, StockEvent> first =
        stocks.execute("tea", "order-9", stock -> stock.order("ann"));
    daybook.streams().archive("tea");

    assertThat(stocks.execute("tea", "order-9", stock -> stock.order("ann")).events())
        .isEqualTo(first.events());
    assertThatThrownBy(() -> stocks.execute("tea", stock -> List.of(stock(1))))
        .isInstanceOf(StreamArchivedException.class);
  }

  @Test
  void events_that_are_missing_are_an_error_and_no_decision() {
    stocked("tea", 1);
    stocked("tea", 1);
    events.delete("tea", 1);

    assertThatThrownBy(() -> stocks.execute("tea", stock -> List.of(stock(1))))
        .isInstanceOf(RecoveryGapException.class);
  }

  @Test
  void input_is_checked_before_anything_is_read() {
    assertThatThrownBy(() -> stocks.execute("", stock -> List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("stream id");
    assertThatThrownBy(() -> stocks.execute("tea", "", stock -> List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("idempotency key");
    assertThatThrownBy(() -> stocks.attempts(0)).isInstanceOf(InvalidInputException.class);
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

  private void order() {
    try {
      stocks(events).execute("tea", "order-9", stock -> stock.order("ann"));
    } catch (SoldOut e) {
      throw new AssertionError(e);
    }
  }

  private static StockEvent stock(int count) {
    return new StockEvent.Stocked(count);
  }

  private void stocked(String streamId, int count) {
    events.append(Append.of(streamId, ExpectedSeq.any(), stock(count)));
  }

  /** The journal, in which something happens just before a method is called. */
  @SuppressWarnings("unchecked")
  private Journal<StockEvent> before(String name, Runnable something) {
    return (Journal<StockEvent>)
        Proxy.newProxyInstance(
            DecisionConformance.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, args) -> {
              if (method.getName().equals(name)) {
                something.run();
              }
              return called(method, args);
            });
  }

  private Object called(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(events, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
