package example.orders;

import dev.daybook.testing.DecisionFixture;
import example.orders.Order.Status;
import example.orders.OrderEvent.Cancelled;
import example.orders.OrderEvent.Paid;
import example.orders.OrderEvent.Placed;
import example.orders.OrderEvent.Shipped;
import org.junit.jupiter.api.Test;

/** The aggregate, without a database. */
class OrderTest {

  private static final Placed PLACED = new Placed("Ann", "tea", 2, 4_50);
  private static final Paid PAID = new Paid("r-1");

  private final DecisionFixture<Order, OrderEvent> orders =
      DecisionFixture.of(OrderEvent.class, () -> Order.NEW, Order::after)
          .withSnapshots(Order.class);

  @Test
  void anOrderIsPlacedOnce() {
    orders
        .givenNothing()
        .when(order -> order.place(PLACED))
        .then(PLACED)
        .thenState(new Order(Status.PLACED, 9_00));
    orders.given(PLACED).when(order -> order.place(PLACED)).thenNothing();
  }

  @Test
  void nobodyOrdersNothing() {
    orders
        .givenNothing()
        .when(order -> order.place(new Placed("Ann", "tea", 0, 4_50)))
        .thenThrows(IllegalArgumentException.class, "0 pieces");
  }

  @Test
  void aPaidOrderIsShippedAndNotCancelled() {
    orders.given(PLACED, PAID).when(order -> order.ship("p-1")).then(new Shipped("p-1"));
    orders
        .given(PLACED, PAID)
        .when(order -> order.cancel("no stock"))
        .thenThrows(IllegalStateException.class, "the order is PAID");
  }

  @Test
  void anOrderThatIsNotPaidMayBeCancelled() {
    orders.given(PLACED).when(order -> order.cancel("late")).then(new Cancelled("late"));
  }
}
