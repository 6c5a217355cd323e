package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.yaml.snakeyaml.Yaml;

/** The example with Spring Boot is compiled, tested and run, and asked by HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpringBootExampleTest {

  private static final String APPLICATION = "example.orders.OrderApplication";
  private static final Pattern PORT = Pattern.compile(ServedExample.PORT + "(\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern COMMAND =
      Pattern.compile("'Idempotency-Key: (\\S+)' localhost:8080(\\S+) -d '([^']+)'");

  /** A command that the page sends. */
  private record Command(String key, String path, String body) {}

  /** An answer. */
  private record Answer(int status, JsonNode body) {}

  /** A service that runs, in a process of its own. */
  private static final class Service implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JavaProcess process;
    private final String root;

    private Service(JavaProcess process) {
      this.process = process;
      Await.until(() -> PORT.matcher(process.printed()).find() || !process.isRunning());
      this.root =
          PORT.matcher(process.printed())
              .results()
              .map(found -> "http://localhost:" + found.group(1))
              .findFirst()
              .orElseThrow(() -> new AssertionError(process.printed()));
    }

    static Service start(Path output, List<String> arguments) throws IOException {
      List<String> all = new ArrayList<>(List.of(APPLICATION, "--server.port=0"));
      all.addAll(arguments);
      return new Service(
          JavaProcess.start(
              Example.JAVA,
              output,
              example.classPath(),
              ServedExample.class,
              all.toArray(String[]::new)));
    }

    Answer get(String path) {
      return send(HttpRequest.newBuilder(URI.create(root + path)).GET());
    }

    Answer post(String path, String key, String body) {
      return send(
          HttpRequest.newBuilder(URI.create(root + path))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
      try {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
            answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(process.printed(), e);
      }
    }

    /** The status of each order in the projection, by its id. */
    Map<String, String> list() {
      Map<String, String> list = new TreeMap<>();
      get("/orders")
          .body()
          .forEach(line -> list.put(line.path("id").asText(), line.path("status").asText()));
      return list;
    }

    /** Ends it as an operator does. */
    void stop() throws IOException, InterruptedException {
      process.signal("TERM");
      Await.until(() -> !process.isRunning());
    }

    @Override
    public void close() {
      process.close();
    }
  }

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
        directory,
        "example.orders.OrderTest",
        "example.orders.OrderListTest",
        "example.orders.OrderServiceTest");
  }

  @Test
  void the_service_runs_on_a_file_and_continues_after_a_restart() throws Exception {
    runAndRestart(List.of("--spring.datasource.url=jdbc:sqlite:" + directory.resolve("orders.db")));
  }

  @Test
  void the_service_runs_on_a_server_and_continues_after_a_restart() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      PGSimpleDataSource server = (PGSimpleDataSource) database.dataSource();
      runAndRestart(
          List.of(
              "--spring.profiles.active=postgres",
              "--POSTGRES_HOST=" + Objects.requireNonNull(server.getServerNames())[0],
              "--POSTGRES_PORT=" + server.getPortNumbers()[0],
              "--POSTGRES_DB=" + server.getDatabaseName(),
              "--POSTGRES_USER=" + server.getUser(),
              "--POSTGRES_PASSWORD=" + Objects.requireNonNullElse(server.getPassword(), "")));
    }
  }

  private void runAndRestart(List<String> arguments) throws Exception {
    try (Service service = Service.start(directory, arguments)) {
      takeOrders(service);
      requireSeenByOperators(service);
      service.stop();
    }
    try (Service service = Service.start(directory, arguments)) {
      assertThat(service.list()).isEqualTo(Map.of("order-1", "Shipped", "order-2", "Cancelled"));
      place(service, "order-3", "k-1", "tea", 1);
      service.post("/orders/order-3/payment", "k-2", "{\"receipt\":\"r-3\"}");
      Await.until(() -> "Shipped".equals(service.list().get("order-3")));
      Await.until(() -> service.get("/sales").body().path("tea").asInt() == 3);
      assertThat(service.get("/actuator/daybook").body().path("events").asInt()).isEqualTo(8);
    }
  }

  private static Answer place(
      Service service, String order, String key, String product, int pieces) {
    return service.post(
        "/orders/" + order,
        key,
        "{\"customer\":\"Ann\",\"product\":\"%s\",\"pieces\":%s,\"price\":450}"
            .formatted(product, pieces));
  }

  private static Answer send(Service service, Command command) {
    return service.post(command.path(), command.key(), command.body());
  }

  /** What the page sends: an order is placed, and paid. */
  private static List<Command> shown() throws IOException {
    return COMMAND
        .matcher(Block.page(Example.README).replaceAll("\\\\\n *", ""))
        .results()
        .map(found -> new Command(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  private static void takeOrders(Service service) throws IOException {
    List<Command> shown = shown();
    Answer placed = send(service, shown.get(0));
    assertThat(placed.status()).isEqualTo(200);
    assertThat(placed.body().toString()).isEqualTo("{\"status\":\"PLACED\",\"total\":900}");
    assertThat(send(service, shown.get(0))).isEqualTo(placed);
    assertThat(place(service, "order-2", "k-1", "samovar", 1).status()).isEqualTo(200);
    assertThat(place(service, "order-3", "k-1", "tea", 0).status()).isEqualTo(400);
    assertThat(service.get("/orders/order-3").status()).isEqualTo(404);

    Answer cancelled = service.post("/orders/order-2/cancellation", "k-2", "{\"reason\":\"late\"}");
    assertThat(cancelled.body().path("status").asText()).isEqualTo("CANCELLED");
    Answer paid = send(service, shown.get(1));
    assertThat(paid.body().path("status").asText()).isEqualTo("PAID");
    // By the saga.
    Await.until(() -> service.list().equals(Map.of("order-1", "Shipped", "order-2", "Cancelled")));

    Answer shipped = service.post("/orders/order-1/shipment", "k-3", "{\"parcel\":\"p-1\"}");
    assertThat(shipped.body().path("status").asText()).isEqualTo("SHIPPED");
    Answer tooLate = service.post("/orders/order-1/cancellation", "k-4", "{\"reason\":\"late\"}");
    assertThat(tooLate.status()).isEqualTo(409);
    assertThat(tooLate.body().path("detail").asText()).contains("the order is SHIPPED");
    assertThat(service.get("/orders/order-1").body()).isEqualTo(shipped.body());
    Await.until(() -> service.get("/sales").body().toString().equals("{\"samovar\":1,\"tea\":2}"));
  }

  private static void requireSeenByOperators(Service service) {
    JsonNode health = service.get("/actuator/health").body();
    assertThat(health.at("/components/daybook/status").asText()).isEqualTo("UP");
    assertThat(health.at("/components/daybook/details/subscriptions")).hasSize(3);
    JsonNode store = service.get("/actuator/daybook").body();
    assertThat(store.path("events").asInt()).isEqualTo(5);
    assertThat(store.path("subscriptions").findValuesAsText("name"))
        .containsExactly("fulfilment", "order-list", "sales");
    JsonNode appended = service.get("/actuator/metrics/daybook.events.appended").body();
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
