package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daybook.testing.TestDaybook;
import dev.daybook.testing.junit.DaybookExtension;
import example.orders.Order.Status;
import example.orders.OrderEvent.Placed;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service with a fresh file for each test. */
class OrderServiceTest {

  @RegisterExtension static final DaybookExtension STORE = DaybookExtension.inFile();

  @Test
  void whatCanBePaidIsShipped(TestDaybook store) throws InterruptedException {
    OrderService service = new OrderService(store.daybook());

    Placed tea = new Placed("Ann", "tea", 2, 4_50);
    Placed samovar = new Placed("Bob", "samovar", 1, 990_00);
    service.orders.carryOut("order-1", order -> order.place(tea));
    service.orders.carryOut("order-2", order -> order.place(samovar));
    store.awaitAll();

    assertEquals(new Order(Status.SHIPPED, 9_00), service.orders.find("order-1"));
    assertEquals(new Order(Status.CANCELLED, 990_00), service.orders.find("order-2"));
    store.daybook().transaction(tx -> assertEquals(2, DSL.using(tx).fetchCount(Sales.SALES)));
  }
}
