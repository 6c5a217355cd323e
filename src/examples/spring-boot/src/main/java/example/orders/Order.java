package example.orders;

import dev.daybook.journal.RecordedEvent;
import example.orders.OrderEvent.Cancelled;
import example.orders.OrderEvent.Paid;
import example.orders.OrderEvent.Placed;
import example.orders.OrderEvent.Shipped;
import java.util.List;

/** An order: its state, and what is decided about it. A command that comes again does nothing. */
public record Order(Status status, long total) {

  public enum Status {
    NEW,
    PLACED,
    PAID,
    SHIPPED,
    CANCELLED
  }

  public static final Order NEW = new Order(Status.NEW, 0);

  public Order after(RecordedEvent<OrderEvent> event) {
    if (event.data() instanceof Placed placed) {
      return new Order(Status.PLACED, placed.pieces() * placed.price());
    } else if (event.data() instanceof Paid) {
      return new Order(Status.PAID, total);
    } else if (event.data() instanceof Shipped) {
      return new Order(Status.SHIPPED, total);
    }
    return new Order(Status.CANCELLED, total);
  }

  public List<OrderEvent> place(Placed order) {
    if (order.pieces() < 1) {
      throw new IllegalArgumentException("%s pieces are no order".formatted(order.pieces()));
    }
    return status == Status.NEW ? List.of(order) : List.of();
  }

  public List<OrderEvent> pay(String receipt) {
    return when(Status.PLACED, Status.PAID, new Paid(receipt));
  }

  public List<OrderEvent> ship(String parcel) {
    return when(Status.PAID, Status.SHIPPED, new Shipped(parcel));
  }

  public List<OrderEvent> cancel(String reason) {
    return when(Status.PLACED, Status.CANCELLED, new Cancelled(reason));
  }

  private List<OrderEvent> when(Status expected, Status next, OrderEvent event) {
    if (status != expected && status != next) {
      throw new IllegalStateException("the order is %s, not %s".formatted(status, expected));
    }
    return status == next ? List.of() : List.of(event);
  }
}
