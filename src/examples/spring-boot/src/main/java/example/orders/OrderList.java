package example.orders;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import example.orders.OrderEvent.Placed;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A projection by JDBC: a row for each order, with what has happened to it last. */
@Component
class OrderList {

  record Line(String id, String customer, String status) {}

  private final JdbcTemplate jdbc;

  OrderList(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @DaybookListener(name = "order-list", delivery = DeliveryMode.EXACTLY_ONCE)
  void handle(RecordedEvent<OrderEvent> event) {
    if (event.data() instanceof Placed placed) {
      jdbc.update(
          "insert into order_list (id, customer, status) values (?, ?, ?)",
          event.streamId(),
          placed.customer(),
          event.type());
    } else {
      jdbc.update("update order_list set status = ? where id = ?", event.type(), event.streamId());
    }
  }

  List<Line> all() {
    return jdbc.query(
        "select id, customer, status from order_list order by id",
        (row, number) -> new Line(row.getString(1), row.getString(2), row.getString(3)));
  }
}
