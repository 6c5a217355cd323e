package example.orders;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener;
import example.orders.OrderEvent.Paid;
import org.springframework.stereotype.Component;

/**
 * A saga: an order that was paid is shipped. It gets an event again after a failure, and then its
 * command has the same key as before.
 */
@Component
class Fulfilment {

  private final Orders orders;

  Fulfilment(Orders orders) {
    this.orders = orders;
  }

  @DaybookListener(name = "fulfilment")
  void ship(RecordedEvent<Paid> paid) {
    String id = paid.streamId();
    orders.carryOut(id, "ship after " + paid.seq(), order -> order.ship("parcel of " + id));
  }
}
