package example.orders;

import dev.daybook.journal.RecordedEvent;
import example.orders.OrderEvent.Placed;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** A projection: a row for each order, with what has happened to it last. */
final class OrderList {

  static final Table<?> ORDERS = DSL.table(DSL.name("order_list"));
  static final Field<String> ID = DSL.field(DSL.name("id"), String.class);
  static final Field<String> CUSTOMER = DSL.field(DSL.name("customer"), String.class);
  static final Field<String> STATUS = DSL.field(DSL.name("status"), String.class);

  private OrderList() {}

  static void create(Configuration tx) {
    DSL.using(tx).createTableIfNotExists(ORDERS).columns(ID, CUSTOMER, STATUS).execute();
  }

  static void handle(Configuration tx, RecordedEvent<OrderEvent> event) {
    String id = event.streamId();
    if (event.data() instanceof Placed placed) {
      DSL.using(tx)
          .insertInto(ORDERS, ID, CUSTOMER, STATUS)
          .values(id, placed.customer(), event.type())
          .execute();
    } else {
      DSL.using(tx).update(ORDERS).set(STATUS, event.type()).where(ID.eq(id)).execute();
    }
  }
}
