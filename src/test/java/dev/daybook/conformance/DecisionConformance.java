package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Executed;
import dev.daybook.recovery.Recovery;
import dev.daybook.recovery.RecoveryGapException;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Decisions: a state is read, something is decided about it, and its events are appended. */
public abstract class DecisionConformance extends StockConformance {

  protected DecisionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
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
}
