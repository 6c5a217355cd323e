package example.orders;

import dev.daybook.error.InvalidInputException;
import example.orders.Order.Status;
import example.orders.OrderEvent.Placed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Commands and queries by HTTP. A client that gets no answer sends its command again. */
@RestController
class OrderController {

  record Placing(String customer, String product, int pieces, long price) {}

  record Payment(String receipt) {}

  record Shipment(String parcel) {}

  record Cancellation(String reason) {}

  private static final String KEY = "Idempotency-Key";

  private final Orders orders;
  private final OrderList list;
  private final Sales sales;

  OrderController(Orders orders, OrderList list, Sales sales) {
    this.orders = orders;
    this.list = list;
    this.sales = sales;
  }

  @PostMapping("/orders/{id}")
  Order place(@PathVariable String id, @RequestHeader(KEY) String key, @RequestBody Placing of) {
    Placed placed = new Placed(of.customer(), of.product(), of.pieces(), of.price());
    return orders.carryOut(id, key, order -> order.place(placed));
  }

  @PostMapping("/orders/{id}/payment")
  Order pay(@PathVariable String id, @RequestHeader(KEY) String key, @RequestBody Payment by) {
    return orders.carryOut(id, key, order -> order.pay(by.receipt()));
  }

  @PostMapping("/orders/{id}/shipment")
  Order ship(@PathVariable String id, @RequestHeader(KEY) String key, @RequestBody Shipment in) {
    return orders.carryOut(id, key, order -> order.ship(in.parcel()));
  }

  @PostMapping("/orders/{id}/cancellation")
  Order cancel(
      @PathVariable String id, @RequestHeader(KEY) String key, @RequestBody Cancellation why) {
    return orders.carryOut(id, key, order -> order.cancel(why.reason()));
  }

  @GetMapping("/orders/{id}")
  ResponseEntity<Order> find(@PathVariable String id) {
    Order order = orders.find(id);
    return order.status() == Status.NEW
        ? ResponseEntity.notFound().build()
        : ResponseEntity.ok(order);
  }

  @GetMapping("/orders")
  List<OrderList.Line> list() {
    return list.all();
  }

  @GetMapping("/sales")
  Map<String, BigDecimal> sales() {
    return sales.byProduct();
  }

  @ExceptionHandler({IllegalArgumentException.class, InvalidInputException.class})
  ProblemDetail notValid(RuntimeException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler(IllegalStateException.class)
  ProblemDetail notNow(IllegalStateException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
  }
}
