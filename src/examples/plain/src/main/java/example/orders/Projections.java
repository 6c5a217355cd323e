package example.orders;

import dev.daybook.journal.RecordedEvent;
import example.orders.OrderEvent.Placed;
import java.util.List;
import java.util.Map;
import org.jooq.Configuration;
import org.jooq.impl.DSL;

/** Two projections, each in a table of its own. */
final class Projections {

  static void createTables(Configuration tx) {
    String list = "order_list (id varchar(200) primary key, customer varchar(200), status text)";
    DSL.using(tx).execute("create table if not exists " + list);
    DSL.using(tx).execute("create table if not exists sales (product text, pieces integer)");
  }

  /** A row for each order, with what has happened to it last. */
  static void list(Configuration tx, RecordedEvent<OrderEvent> event) {
    String id = event.streamId();
    if (event.data() instanceof Placed placed) {
      String insert = "insert into order_list (id, customer, status) values (?, ?, ?)";
      DSL.using(tx).execute(insert, id, placed.customer(), event.type());
    } else {
      DSL.using(tx).execute("update order_list set status = ? where id = ?", event.type(), id);
    }
  }

  /** How many pieces of a product were ordered, in a row for each order. */
  static void count(Configuration tx, RecordedEvent<OrderEvent> event) {
    if (event.data() instanceof Placed placed) {
      String insert = "insert into sales (product, pieces) values (?, ?)";
      DSL.using(tx).execute(insert, placed.product(), placed.pieces());
    }
  }

  static List<Map<String, Object>> orders(Configuration tx) {
    String rows = "select id, customer, status from order_list order by id";
    return DSL.using(tx).fetch(rows).intoMaps();
  }

  static Map<Object, Object> sales(Configuration tx) {
    String sums = "select product, sum(pieces) from sales group by product order by product";
    return DSL.using(tx).fetch(sums).intoMap(row -> row.get(0), row -> row.get(1));
  }
}
