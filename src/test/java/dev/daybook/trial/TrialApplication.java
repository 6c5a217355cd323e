package dev.daybook.trial;

import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.spring.boot.DaybookSubscriptions;
import dev.daybook.subscription.Subscription;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The application, and what is required of it. */
@SpringBootApplication
public class TrialApplication {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Bean
  EventTypes<Sale> sales() {
    return EventTypes.ofSealed(Sale.class);
  }

  /**
   * Runs all that is required.
   *
   * @param args properties of the application, as {@code --name=value}
   */
  public static void main(String[] args) throws Exception {
    try (ConfigurableApplicationContext application =
        SpringApplication.run(TrialApplication.class, args)) {
      Office office = application.getBean(Office.class);
      JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
      @SuppressWarnings("unchecked") // From Spring: a bean's class does not say of what.
      Journal<Sale> journal = application.getBean(Journal.class);
      List<String> heard = new CopyOnWriteArrayList<>();
      CountDownLatch hearing = new CountDownLatch(1);
      Registration listening =
          journal.onAppend(
              appended -> {
                heard.add(appended.streamId());
                hearing.countDown();
              });
      require(fails(() -> office.sell("sale-1", 1, true)), "the method throws");
      requireRows(jdbc, 0);
      require(journal.highestSeq("sale-1") == 0, "the append was rolled back");

      RecordedEvent<Sale> sold = office.sell("sale-1", 1, false);
      requireRows(jdbc, 1);
      require(journal.read(EventQuery.stream("sale-1")).size() == 1, "the append is committed");
      require(hearing.await(PATIENCE.toMinutes(), TimeUnit.MINUTES), "listeners hear");
      require(heard.equals(List.of("sale-1")), "listeners hear of commits alone: " + heard);

      DaybookSubscriptions subscriptions = application.getBean(DaybookSubscriptions.class);
      for (String name : List.of("seen", "totals")) {
        Subscription subscription = subscriptions.find(name).orElseThrow();
        require(subscription.awaitPosition(sold.position(), PATIENCE), name + " is called");
      }
      require(office.rowsSeen().equals(List.of(1)), "handlers see what was committed");
      require(count(jdbc, "totals") == 1, "a row by JDBC, exactly once");
      require(count(jdbc, "ledger") == 2, "a row by JPA, exactly once");
      listening.close();
      String port = application.getEnvironment().getRequiredProperty("local.server.port");
      require(get(port, "health").contains("\"daybook\":{"), "health");
      require(get(port, "daybook").contains("\"events\":1"), "the endpoint");
      require(get(port, "daybook/streams").contains("sale-1"), "the endpoint's list");
      require(get(port, "metrics/daybook.append").contains("outcome"), "meters");
      require(get(port, "metrics/daybook.appending").contains("outcome"), "observations");
    }
    System.out.println("Spring Boot " + SpringBootVersion.getVersion() + ": done");
  }

  private static void requireRows(JdbcTemplate jdbc, int expected) {
    require(count(jdbc, "jdbc_rows") == expected, "rows by JDBC");
    require(count(jdbc, "ledger") == expected, "rows by JPA");
  }

  private static int count(JdbcTemplate jdbc, String table) {
    Integer count = jdbc.queryForObject("select count(*) from " + table, Integer.class);
    return count == null ? 0 : count;
  }

  private static boolean fails(Runnable work) {
    try {
      work.run();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static String get(String port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("not so: " + what);
    }
  }
}
