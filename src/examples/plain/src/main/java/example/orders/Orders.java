package example.orders;

import dev.daybook.Daybook;
import dev.daybook.recovery.Decision;
import dev.daybook.recovery.Recovery;

/** Carries out commands: reads the order, lets it decide, and appends what was decided. */
final class Orders {

  private final Recovery<Order, OrderEvent> orders;

  Orders(Daybook daybook) {
    orders =
        Recovery.of(
                daybook.journal(OrderEvent.class),
                daybook.snapshots(Order.class),
                () -> Order.NEW,
                Order::after)
            .snapshotEvery(50);
  }

  Order carryOut(String id, Decision<Order, OrderEvent, RuntimeException> command) {
    return orders.execute(id, command).state();
  }

  Order find(String id) {
    return orders.recover(id).state();
  }
}
