package example.orders;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Recovery;
import example.orders.OrderEvent.Paid;

/**
 * A saga: an order that was paid is shipped. An event that comes again does nothing, because its
 * command does nothing.
 */
record Fulfilment(Recovery<Order, OrderEvent> orders) {

  void handle(RecordedEvent<OrderEvent> event) {
    if (event.data() instanceof Paid) {
      orders.execute(event.streamId(), order -> order.ship("parcel of " + event.streamId()));
    }
  }
}
