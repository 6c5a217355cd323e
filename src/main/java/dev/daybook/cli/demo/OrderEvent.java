package dev.daybook.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The events of the demonstration: what happens to an order in a tea shop. */
sealed interface OrderEvent {

  record OrderPlaced(String order, Instant at, String customer, List<Line> lines, BigDecimal total)
      implements OrderEvent {}

  record OrderPaid(String order, Instant at, String method, BigDecimal amount)
      implements OrderEvent {}

  record OrderShipped(String order, Instant at, String carrier, String tracking)
      implements OrderEvent {}

  record OrderReturned(String order, Instant at, String reason) implements OrderEvent {}

  record OrderCancelled(String order, Instant at, String reason) implements OrderEvent {}

  record Line(String sku, int quantity, BigDecimal price) {}

  /** An order as its events make it. */
  record Order(String customer, BigDecimal total, String status) {

    static final Order NONE = new Order("", BigDecimal.ZERO, "unknown");

    Order after(OrderEvent event) {
      if (event instanceof OrderPlaced placed) {
        return new Order(placed.customer(), placed.total(), "placed");
      }
      if (event instanceof OrderPaid paid) {
        return as("paid by " + paid.method());
      }
      if (event instanceof OrderShipped shipped) {
        return as("shipped with " + shipped.carrier() + ", " + shipped.tracking());
      }
      if (event instanceof OrderReturned returned) {
        return as("returned: " + returned.reason());
      }
      return as("cancelled");
    }

    private Order as(String newStatus) {
      return new Order(customer, total, newStatus);
    }
  }
}
