package dev.daybook.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daybook.fixture.LaunchedTests;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import dev.daybook.spring.boot.test.DaybookTest;
import dev.daybook.testing.TestDaybook;
import dev.daybook.trial.Sale.Sold;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test of a listener of the application by the slice, and what runs it. */
public final class SliceTrial {

  private static final int TESTS = 2;

  /** The listener. */
  static class Counting {
    private final JdbcTemplate jdbc;

    Counting(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
      jdbc.execute("create table counted (id varchar(40))");
    }

    @DaybookListener(name = "counted", delivery = DeliveryMode.EXACTLY_ONCE)
    void count(RecordedEvent<Sold> sold) {
      jdbc.update("insert into counted (id) values (?)", sold.streamId());
    }
  }

  @DaybookTest(Counting.class)
  @Import(Counting.class)
  static class CountingTest {
    @Autowired private Journal<Sale> sales;
    @Autowired private TestDaybook store;
    @Autowired private JdbcTemplate jdbc;

    @RepeatedTest(TESTS)
    void a_sale_is_counted_in_a_fresh_database() throws InterruptedException {
      sales.append("sale-1", ExpectedSeq.noStream(), new Sold(1));
      store.awaitAll();
      assertEquals(1, jdbc.queryForObject("select count(*) from counted", Integer.class));
    }
  }

  private SliceTrial() {}

  /** Runs it, and fails if a test does. */
  public static void main(String[] args) {
    Map<String, String> outcomes = LaunchedTests.run(CountingTest.class);
    if (outcomes.size() != TESTS || !outcomes.values().stream().allMatch(String::isEmpty)) {
      throw new AssertionError(outcomes);
    }
    System.out.println("the slice: done");
  }
}
