package example.orders;

import dev.daybook.journal.RecordedEvent;
import example.orders.OrderEvent.Paid;
import example.orders.OrderEvent.Placed;
import java.util.function.LongPredicate;

/**
 * A saga: an order that was placed is paid, or else cancelled; one that was paid is shipped. An
 * event that comes again does nothing, because its command does nothing.
 *
 * @param bank takes an amount, and says whether the customer could pay it
 */
record Fulfilment(Orders orders, LongPredicate bank) {

  void handle(RecordedEvent<OrderEvent> event) {
    String id = event.streamId();
    if (event.data() instanceof Placed placed) {
      boolean paid = bank.test(placed.total());
      orders.carryOut(id, order -> paid ? order.pay("receipt of " + id) : order.cancel("not paid"));
    } else if (event.data() instanceof Paid) {
      orders.carryOut(id, order -> order.ship("parcel of " + id));
    }
  }
}
