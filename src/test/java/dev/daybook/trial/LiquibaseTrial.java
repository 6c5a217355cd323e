package dev.daybook.trial;

import dev.daybook.Daybook;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.trial.Sale.Sold;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application whose tables Liquibase makes, and which appends while it is made. */
public final class LiquibaseTrial {

  /** Its beans. No component, so that the other application does not find them. */
  @EnableAutoConfiguration
  static class Application {
    @Bean
    EventTypes<Sale> sales() {
      return EventTypes.ofSealed(Sale.class);
    }

    @Bean
    Eager eager(Journal<Sale> journal) {
      return new Eager(journal);
    }
  }

  /** Uses the journal as soon as it is made. */
  static final class Eager {
    Eager(Journal<Sale> journal) {
      journal.append("sale", ExpectedSeq.any(), new Sold(1));
    }
  }

  private LiquibaseTrial() {}

  /**
   * Starts it twice.
   *
   * @param args properties of the application, as {@code --name=value}
   */
  public static void main(String[] args) {
    for (int start = 1; start <= 2; start++) {
      try (ConfigurableApplicationContext application =
          SpringApplication.run(Application.class, args)) {
        JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
        Long made = jdbc.queryForObject("select count(*) from made_by_liquibase", Long.class);
        long events = application.getBean(Daybook.class).rawJournal().latestPosition();
        if (made == null || made != 1 || events != start) {
          throw new AssertionError(made + " rows by Liquibase, " + events + " events");
        }
      }
    }
    System.out.println("Liquibase: done");
  }
}
