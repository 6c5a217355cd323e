package example.orders;

import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import example.orders.OrderEvent.Placed;
import java.math.BigDecimal;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** A projection by jOOQ: how many pieces of a product were ordered, in a row for each order. */
@Component
class Sales {

  private static final Table<?> SALES = DSL.table(DSL.name("sales"));
  private static final Field<String> PRODUCT = DSL.field(DSL.name("product"), String.class);
  private static final Field<Integer> PIECES = DSL.field(DSL.name("pieces"), Integer.class);

  private final DSLContext sql;

  Sales(DSLContext sql) {
    this.sql = sql;
  }

  @DaybookListener(name = "sales", delivery = DeliveryMode.EXACTLY_ONCE)
  void handle(Placed placed) {
    sql.insertInto(SALES, PRODUCT, PIECES).values(placed.product(), placed.pieces()).execute();
  }

  Map<String, BigDecimal> byProduct() {
    return sql.select(PRODUCT, DSL.sum(PIECES))
        .from(SALES)
        .groupBy(PRODUCT)
        .orderBy(PRODUCT)
        .fetchMap(PRODUCT, DSL.sum(PIECES));
  }
}
