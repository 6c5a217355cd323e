package dev.daybook.docs.shop;

import dev.daybook.docs.shop.Order.Placed;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places orders, and counts what was sold. */
@Service
public class Shop {
  private final Journal<Order> orders;
  private final JdbcTemplate jdbc;

  Shop(Journal<Order> orders, JdbcTemplate jdbc) {
    this.orders = orders;
    this.jdbc = jdbc;
  }

  @Transactional
  public void place(String order, String item) {
    orders.append(order, ExpectedSeq.noStream(), new Placed(item));
  }

  @DaybookListener(name = "sales", delivery = DeliveryMode.EXACTLY_ONCE)
  void count(Placed placed) {
    jdbc.update("insert into sales (item) values (?)", placed.item());
  }
}
