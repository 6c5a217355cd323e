package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.fixture.ApplicationLibraries;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.spring.boot.Applications.Order;
import dev.daybook.spring.boot.Applications.Order.Paid;
import dev.daybook.spring.boot.Applications.Order.Placed;
import dev.daybook.spring.boot.Applications.Orders;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.SubscriptionState;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.JdbcTemplate;

/** Health and the endpoint, asked by HTTP of an application that runs as one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorsTest {

  /** An application with a web server and all that Spring Boot finds. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Orders.class)
  static class Application {
    @Bean
    Handlers handlers() {
      return new Handlers();
    }
  }

  /** What fails when it is told to. */
  static class Handlers {
    final AtomicBoolean fails = new AtomicBoolean();
    final CountDownLatch stuck = new CountDownLatch(1);

    @DaybookListener(name = "parking", onFailure = OnFailure.Then.PARK, retries = 0)
    void park(Placed event) {
      if (fails.get()) {
        throw new IllegalStateException("it was told to");
      }
    }

    @DaybookListener(name = "stopping", retries = 0)
    void stop(Paid event) {
      if (event.cents() < 0) {
        throw new IllegalStateException("less than nothing");
      }
    }

    @DaybookListener(name = "stuck")
    void wait(Paid event) {
      if (event.cents() == 0) {
        Await.reached(stuck);
      }
    }
  }

  /** An answer. */
  private record Answer(int status, JsonNode body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  private String file() {
    return "jdbc:sqlite:" + directory.resolve("app.db");
  }

  private static ConfigurableApplicationContext start(String url, String... more) {
    return new SpringApplicationBuilder(
            new DefaultResourceLoader(ApplicationLibraries.loader()), Application.class)
        .properties(
            "server.port=0",
            "spring.datasource.url=" + url,
            "spring.main.banner-mode=off",
            "spring.main.register-shutdown-hook=false",
            "management.endpoints.web.exposure.include=health,daybook",
            "management.endpoint.health.show-details=always",
            "management.endpoint.daybook.access=unrestricted")
        .properties(more)
        .run();
  }

  private Answer get(ConfigurableApplicationContext application, String path) throws Exception {
    return send(application, path, HttpRequest.newBuilder().GET());
  }

  private Answer post(ConfigurableApplicationContext application, String path, String body)
      throws Exception {
    return send(
        application,
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private Answer send(
      ConfigurableApplicationContext application, String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    String port = application.getEnvironment().getProperty("local.server.port");
    var answer =
        http.send(
            request.uri(URI.create("http://localhost:" + port + "/actuator/" + path)).build(),
            BodyHandlers.ofString());
    return new Answer(
        answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
  }

  @SuppressWarnings("unchecked") // From Spring: a bean's class does not say of what.
  private static long append(ConfigurableApplicationContext application, Order event) {
    Journal<Order> journal = application.getBean(Journal.class);
    return journal.append("order-1", ExpectedSeq.any(), event).position();
  }

  @Test
  void the_endpoint_shows_streams_subscriptions_and_dead_letters_and_changes_them()
      throws Exception {
    try (var application = start(file())) {
      DaybookSubscriptions all = application.getBean(DaybookSubscriptions.class);
      Handlers handlers = application.getBean(Handlers.class);
      handlers.fails.set(true);
      long position = append(application, new Placed("book"));
      Await.position(all.find("parking").orElseThrow(), position);

      Answer overview = get(application, "daybook");
      assertThat(overview.status()).isEqualTo(200);
      assertThat(overview.body().path("events").asLong()).isOne();
      assertThat(overview.body().path("deadLetters").asLong()).isOne();
      assertThat(overview.body().path("subscriptions").findValuesAsText("name"))
          .containsExactly("parking", "stopping", "stuck");

      Answer streams = get(application, "daybook/streams?prefix=order-&limit=5");
      assertThat(streams.body().path(0).path("streamId").asText()).isEqualTo("order-1");
      assertThat(streams.body().path(0).path("lastSeq").asLong()).isOne();
      Answer letters = get(application, "daybook/dead-letters");
      assertThat(letters.body().path(0).path("subscription").asText()).isEqualTo("parking");
      assertThat(letters.body().path(0).path("error").asText()).contains("it was told to");
      assertThat(get(application, "daybook/subscriptions").body()).hasSize(3);
      assertThat(get(application, "daybook/nothing").status()).isEqualTo(400);
      assertThat(get(application, "daybook/streams?limit=0").status()).isEqualTo(400);

      assertThat(post(application, "daybook/parking/pause", "{}").status()).isEqualTo(200);
      Await.state(all.find("parking").orElseThrow(), SubscriptionState.PAUSED);
      assertThat(post(application, "daybook/parking/resume", "{}").status()).isEqualTo(200);
      handlers.fails.set(false);
      String at = "{\"position\":" + position + "}";
      assertThat(post(application, "daybook/parking/retry", at).body().path("changed").asBoolean())
          .isTrue();
      Daybook daybook = application.getBean(Daybook.class);
      Await.until(() -> daybook.subscriptions().deadLetters().isEmpty());
      assertThat(post(application, "daybook/parking/drop", at).body().path("changed").asBoolean())
          .isFalse();

      handlers.fails.set(true);
      long next = append(application, new Placed("tea"));
      Await.position(all.find("parking").orElseThrow(), next);
      assertThat(get(application, "daybook/dead-letters").body()).hasSize(1);
      Answer dropped = post(application, "daybook/parking/drop", "{\"position\":" + next + "}");
      assertThat(dropped.body().path("changed").asBoolean()).isTrue();
      assertThat(get(application, "daybook/dead-letters").body()).isEmpty();
      assertThat(post(application, "daybook/parking/drop", "{}").status()).isEqualTo(400);
      assertThat(post(application, "daybook/unknown/pause", "{}").status()).isEqualTo(400);
      assertThat(post(application, "daybook/parking/break", "{}").status()).isEqualTo(400);
    }
  }

  @Test
  void meters_and_observations_are_in_the_registries_of_the_application() {
    try (var application = start(file())) {
      append(application, new Placed("tea"));

      MeterRegistry registry = application.getBean(MeterRegistry.class);
      assertThat(registry.get("daybook.events.appended").counter().count()).isOne();
      assertThat(registry.get("daybook.journal.position").gauge().value()).isOne();
      assertThat(registry.get("daybook.appending").tag("outcome", "appended").timer().count())
          .isOne();
    }
  }

  @Test
  void writes_are_exposed_only_where_that_is_asked_for() throws Exception {
    try (var application = start(file(), "management.endpoint.daybook.access=read-only")) {
      assertThat(get(application, "daybook").status()).isEqualTo(200);
      assertThat(post(application, "daybook/parking/pause", "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void health_is_down_when_a_subscription_has_failed() throws Exception {
    try (var application = start(file())) {
      DaybookSubscriptions all = application.getBean(DaybookSubscriptions.class);
      Await.position(all.find("stopping").orElseThrow(), append(application, new Paid(1)));
      Answer up = get(application, "health");
      assertThat(up.body().at("/components/daybook/status").asText()).isEqualTo("UP");
      assertThat(up.body().at("/components/daybook/details/subscriptions")).hasSize(3);

      append(application, new Paid(-1));
      Await.state(all.find("stopping").orElseThrow(), SubscriptionState.FAILED);

      Answer down = get(application, "health");
      assertThat(down.status()).isEqualTo(503);
      assertThat(down.body().at("/components/daybook/status").asText()).isEqualTo("DOWN");
      assertThat(down.body().at("/components/daybook/details/problems/stopping").asText())
          .contains("less than nothing");
    }
  }

  @Test
  void health_is_down_when_a_subscription_lags_and_saves_no_progress() throws Exception {
    try (var application = start(file(), "daybook.health.max-lag=1ms")) {
      Handlers handlers = application.getBean(Handlers.class);
      append(application, new Paid(0));
      Await.until(
          () -> statusOf(application, "/components/daybook/details/problems/stuck").contains("PT"));
      handlers.stuck.countDown();
      Await.until(() -> statusOf(application, "/components/daybook/status").equals("UP"));
    }
  }

  private String statusOf(ConfigurableApplicationContext application, String at) {
    try {
      return get(application, "health").body().at(at).asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void health_is_down_when_the_database_can_not_be_reached() throws Exception {
    PostgresDatabase database = PostgresServer.shared().newDatabase();
    try (var application =
        start(
            database.url(),
            "spring.datasource.hikari.connection-timeout=250",
            "management.health.db.enabled=false")) {
      assertThat(statusOf(application, "/components/daybook/status")).isEqualTo("UP");

      database.close();

      assertThat(statusOf(application, "/components/daybook/status")).isEqualTo("DOWN");
      assertThat(statusOf(application, "/components/daybook/details/error")).isNotEmpty();
    }
  }

  @Test
  void flyway_is_left_out_of_an_application_that_has_tables_and_does_not_use_it() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      new JdbcTemplate(database.dataSource()).execute("create table orders (id varchar(20))");
      try (var application = start(database.url())) {
        assertThat(append(application, new Paid(1))).isOne();
      }
      try (var application = start(database.url())) {
        assertThat(append(application, new Paid(1))).isEqualTo(2);
      }
    }
  }
}
