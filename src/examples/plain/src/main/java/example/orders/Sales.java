package example.orders;

import dev.daybook.journal.RecordedEvent;
import example.orders.OrderEvent.Placed;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Another projection: how many pieces of a product were ordered, in a row for each order. */
final class Sales {

  static final Table<?> SALES = DSL.table(DSL.name("sales"));
  static final Field<String> PRODUCT = DSL.field(DSL.name("product"), String.class);
  static final Field<Integer> PIECES = DSL.field(DSL.name("pieces"), Integer.class);

  private Sales() {}

  static void create(Configuration tx) {
    DSL.using(tx).createTableIfNotExists(SALES).columns(PRODUCT, PIECES).execute();
  }

  static void handle(Configuration tx, RecordedEvent<OrderEvent> event) {
    if (event.data() instanceof Placed placed) {
      DSL.using(tx)
          .insertInto(SALES, PRODUCT, PIECES)
          .values(placed.product(), placed.pieces())
          .execute();
    }
  }
}
