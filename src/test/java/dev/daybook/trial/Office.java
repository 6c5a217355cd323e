package dev.daybook.trial;

import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import dev.daybook.trial.Sale.Sold;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes by three tools in one transaction, with nothing but what is injected. */
@Service
public class Office {

  private final Journal<Sale> sales;
  private final JdbcTemplate jdbc;
  private final List<Integer> rowsSeen = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  @PersistenceContext
  @SuppressWarnings("NullAway.Init") // Spring sets it.
  private EntityManager entities;

  Office(Journal<Sale> sales, JdbcTemplate jdbc) {
    this.sales = sales;
    this.jdbc = jdbc;
  }

  /** Sells, and fails at the end if it is told to. */
  @Transactional
  public RecordedEvent<Sale> sell(String id, long cents, boolean fails) {
    RecordedEvent<Sale> sold = sales.append(id, ExpectedSeq.noStream(), new Sold(cents));
    jdbc.update("insert into jdbc_rows (id) values (?)", id);
    entities.persist(new Ledger(id, cents));
    entities.flush();
    if (fails) {
      throw new IllegalStateException("it was told to");
    }
    return sold;
  }

  @DaybookListener(name = "seen")
  void see(Sold sold) {
    Integer rows = jdbc.queryForObject("select count(*) from jdbc_rows", Integer.class);
    rowsSeen.add(rows == null ? 0 : rows);
  }

  /** Fails the first time, after it has written. */
  @DaybookListener(name = "totals", delivery = DeliveryMode.EXACTLY_ONCE)
  void total(RecordedEvent<Sold> sold) {
    jdbc.update("insert into totals (id) values (?)", sold.streamId());
    entities.persist(new Ledger("total of " + sold.streamId(), sold.data().cents()));
    if (attempts.incrementAndGet() == 1) {
      throw new IllegalStateException("the first time");
    }
  }

  List<Integer> rowsSeen() {
    return rowsSeen;
  }
}
