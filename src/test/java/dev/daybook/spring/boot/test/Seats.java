package dev.daybook.spring.boot.test;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import dev.daybook.spring.boot.test.Ticket.Sold;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A projection in a table of the application's. */
@Component
class Seats {

  private final JdbcTemplate jdbc;

  Seats(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    jdbc.execute("create table if not exists seats (ticket varchar(20), seat varchar(20))");
  }

  @DaybookListener(name = "seats", delivery = DeliveryMode.EXACTLY_ONCE)
  void take(RecordedEvent<Sold> sold) {
    jdbc.update("insert into seats values (?, ?)", sold.streamId(), sold.data().seat());
  }

  List<String> taken() {
    return jdbc.queryForList("select seat from seats order by seat", String.class);
  }
}
