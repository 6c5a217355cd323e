package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.spring.boot.test.DaybookTest;
import dev.daybook.testing.TestDaybook;
import example.orders.OrderEvent.Cancelled;
import example.orders.OrderEvent.Placed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A projection with a fresh database for each test, and nothing else of the service. */
@DaybookTest(OrderList.class)
class OrderListTest {

  private static final Placed TEA = new Placed("Ann", "tea", 2, 4_50);

  @Autowired private Journal<OrderEvent> journal;
  @Autowired private TestDaybook store;
  @Autowired private OrderList list;

  @Test
  void anOrderIsListed() throws InterruptedException {
    journal.append("order-1", ExpectedSeq.noStream(), TEA);
    store.awaitAll();

    assertEquals(List.of(new OrderList.Line("order-1", "Ann", "Placed")), list.all());
  }

  @Test
  void itsLastEventIsShown() throws InterruptedException {
    journal.append("order-1", ExpectedSeq.noStream(), TEA);
    journal.append("order-1", ExpectedSeq.exactly(1), new Cancelled("late"));
    store.awaitAll();

    assertEquals(List.of(new OrderList.Line("order-1", "Ann", "Cancelled")), list.all());
  }
}
