package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;

/** The example with Spring Boot is compiled, tested and run, and asked by HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpringBootExampleTest {

  private static final String APPLICATION = "example.orders.OrderApplication";

  @TempDir private static Path classes;
  private static Example example;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() throws IOException {
    example = Example.compiled("spring-boot", classes);
  }

  @Test
  void the_tests_of_the_example_pass() throws Exception {
    example.requireTestsPass(
        7,
        "example.orders.OrderTest",
        "example.orders.OrderListTest",
        "example.orders.OrderServiceTest");
  }

  @Test
  void the_service_runs_on_a_file_and_continues_after_a_restart() throws Exception {
    runAndRestart("--spring.datasource.url=jdbc:sqlite:" + directory.resolve("orders.db"));
  }

  @Test
  void the_service_runs_on_a_server_and_continues_after_a_restart() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      PGSimpleDataSource server = (PGSimpleDataSource) database.dataSource();
      runAndRestart(
          "--spring.profiles.active=postgres",
          "--POSTGRES_HOST=" + Objects.requireNonNull(server.getServerNames())[0],
          "--POSTGRES_PORT=" + server.getPortNumbers()[0],
          "--POSTGRES_DB=" + server.getDatabaseName(),
          "--POSTGRES_USER=" + server.getUser(),
          "--POSTGRES_PASSWORD=" + Objects.requireNonNullElse(server.getPassword(), ""));
    }
  }

  private static void runAndRestart(String... arguments) throws Exception {
    try (ConfigurableApplicationContext service = start(arguments)) {
      OrderClient client = client(service);
      client.takeOrders();
      requireSeenByOperators(client);
    }
    try (ConfigurableApplicationContext service = start(arguments)) {
      OrderClient client = client(service);
      client.takeAnother();
      assertThat(client.get("/actuator/daybook").body().path("events").asInt()).isEqualTo(8);
    }
  }

  /** Calls the main method. */
  private static ConfigurableApplicationContext start(String... arguments) throws Exception {
    String[] all =
        Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments)).toArray(String[]::new);
    Method main = example.loader().loadClass(APPLICATION).getMethod("main", String[].class);
    AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
    SpringApplicationRunListener noting =
        new SpringApplicationRunListener() {
          @Override
          public void started(ConfigurableApplicationContext application, Duration taken) {
            started.set(application);
          }
        };
    return example.call(
        () ->
            SpringApplication.withHook(
                application -> noting,
                () -> {
                  main.invoke(null, (Object) all);
                  return started.get();
                }));
  }

  private static OrderClient client(ConfigurableApplicationContext service) {
    return OrderClient.at(
        service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  private static void requireSeenByOperators(OrderClient client) {
    JsonNode health = client.get("/actuator/health").body();
    assertThat(health.at("/components/daybook/status").asText()).isEqualTo("UP");
    assertThat(health.at("/components/daybook/details/subscriptions")).hasSize(3);
    JsonNode store = client.get("/actuator/daybook").body();
    assertThat(store.path("events").asInt()).isEqualTo(5);
    assertThat(store.path("subscriptions").findValuesAsText("name"))
        .containsExactly("fulfilment", "order-list", "sales");
    JsonNode appended = client.get("/actuator/metrics/daybook.events.appended").body();
    assertThat(appended.at("/measurements/0/value").asInt()).isEqualTo(5);
  }

  @Test
  void its_orders_are_those_of_the_example_in_plain_java() throws IOException {
    for (String same :
        List.of(
            "main/java/example/orders/Order.java",
            "main/java/example/orders/OrderEvent.java",
            "test/java/example/orders/OrderTest.java")) {
      assertThat(example.directory().resolve("src").resolve(same))
          .hasSameTextualContentAs(Example.ALL.resolve("plain/src").resolve(same));
    }
  }

  @Test
  void it_pins_nothing_but_daybook_and_has_the_spring_boot_of_the_build() throws IOException {
    String pom = Files.readString(example.directory().resolve("pom.xml"));
    String build = Files.readString(Path.of("pom.xml"));

    assertThat(all("<version>([^<]+)</version>", pom))
        .containsExactly(
            all("<spring-boot.version>([^<]+)<", build).get(0),
            "1",
            all("<artifactId>daybook</artifactId>\\s*<version>([^<]+)<", build).get(0));
  }

  @Test
  void the_server_of_the_compose_file_is_the_one_of_the_profile_and_of_the_page()
      throws IOException {
    Map<?, ?> server = (Map<?, ?>) at(yaml("compose.yml"), "services", "postgres");
    Map<?, ?> source =
        (Map<?, ?>) at(yaml("src/main/resources/application-postgres.yml"), "spring", "datasource");
    Map<?, ?> variables = (Map<?, ?>) at(server, "environment");
    Map<String, String> defaults = new TreeMap<>();
    for (Object value : source.values()) {
      Pattern.compile("\\$\\{(\\w+):(\\w+)}")
          .matcher(value.toString())
          .results()
          .forEach(found -> defaults.put(found.group(1), found.group(2)));
    }

    variables.forEach((name, value) -> assertThat(defaults).containsEntry("" + name, "" + value));
    assertThat(at(server, "ports")).isEqualTo(List.of(defaults.get("POSTGRES_PORT") + ":5432"));
    String image =
        "postgres:"
            + all("<postgresql.server.version>(\\d+)", Files.readString(Path.of("pom.xml"))).get(0);
    assertThat(at(server, "image")).isEqualTo(image);
    String page = Block.page(Example.README);
    assertThat(page).contains("`" + image + "`");
    defaults.forEach(
        (name, value) -> assertThat(page).contains("| `%s` | `%s` |".formatted(name, value)));
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    return new Yaml().load(Files.readString(example.directory().resolve(file)));
  }

  private static Object at(Map<?, ?> map, String... keys) {
    Object found = map;
    for (String key : keys) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
    }
    return found;
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
