package dev.daybook.conformance;

import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Recovery;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** Stocks of goods, about which something is decided. */
abstract class StockConformance extends JournalConformance {

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

  protected Journal<StockEvent> events;
  protected Recovery<Stock, StockEvent> stocks;

  protected StockConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeStocks() {
    events = daybook.journal(StockEvent.class);
    stocks = stocks(events);
  }

  protected static Recovery<Stock, StockEvent> stocks(Journal<StockEvent> of) {
    return Recovery.of(of, () -> Stock.EMPTY, Stock::after);
  }

  protected static StockEvent stock(int count) {
    return new StockEvent.Stocked(count);
  }

  protected void stocked(String streamId, int count) {
    events.append(Append.of(streamId, ExpectedSeq.any(), stock(count)));
  }
}
