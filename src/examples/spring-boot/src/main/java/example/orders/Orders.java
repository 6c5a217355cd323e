package example.orders;

import dev.daybook.Daybook;
import dev.daybook.journal.Journal;
import dev.daybook.recovery.Decision;
import dev.daybook.recovery.Recovery;
import org.springframework.stereotype.Service;

/** Carries out commands: reads the order, lets it decide, and appends what was decided. */
@Service
class Orders {

  private final Recovery<Order, OrderEvent> orders;

  Orders(Daybook daybook, Journal<OrderEvent> journal) {
    orders =
        Recovery.of(journal, daybook.snapshots(Order.class), () -> Order.NEW, Order::after)
            .snapshotEvery(50);
  }

  /**
   * @param key of the command: one that was carried out before is not carried out again
   */
  Order carryOut(String id, String key, Decision<Order, OrderEvent, RuntimeException> command) {
    return orders.execute(id, key, command).state();
  }

  Order find(String id) {
    return orders.recover(id).state();
  }
}
