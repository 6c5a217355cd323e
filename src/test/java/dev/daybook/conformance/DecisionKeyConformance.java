package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.recovery.Executed;
import dev.daybook.recovery.Recovery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions under an idempotency key: each is made once, and repeated ones return its events. */
public abstract class DecisionKeyConformance extends StockConformance {

  protected DecisionKeyConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
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

  private void order() {
    try {
      stocks(events).execute("tea", "order-9", stock -> stock.order("ann"));
    } catch (SoldOut e) {
      throw new AssertionError(e);
    }
  }

  /** The journal, in which something happens just before a method is called. */
  @SuppressWarnings("unchecked")
  private Journal<StockEvent> before(String name, Runnable something) {
    return (Journal<StockEvent>)
        Proxy.newProxyInstance(
            DecisionKeyConformance.class.getClassLoader(),
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
