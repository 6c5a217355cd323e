package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.conformance.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A client of an order service, whichever example it is.
 *
 * @param root the URL of the service
 */
record OrderClient(String root) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern COMMAND =
      Pattern.compile("'Idempotency-Key: (\\S+)' localhost:8080(\\S+) -d '([^']+)'");

  /** A command that the page sends. */
  private record Command(String key, String path, String body) {}

  /** An answer. */
  record Answer(int status, String text) {
    JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError(text, e);
      }
    }
  }

  static OrderClient at(int port) {
    return new OrderClient("http://localhost:" + port);
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(root + path)).GET());
  }

  private Answer post(String path, String key, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Answer send(Command command) {
    return post(command.path(), command.key(), command.body());
  }

  private Answer place(String order, String key, String product, int pieces) {
    return post(
        "/orders/" + order,
        key,
        "{\"customer\":\"Ann\",\"product\":\"%s\",\"pieces\":%s,\"price\":450}"
            .formatted(product, pieces));
  }

  /** The status of each order in the projection, by its id. */
  private Map<String, String> list() {
    Map<String, String> list = new TreeMap<>();
    get("/orders")
        .body()
        .forEach(line -> list.put(line.path("id").asText(), line.path("status").asText()));
    return list;
  }

  /** What the page sends: an order is placed, and paid. */
  private static List<Command> shown() throws IOException {
    return COMMAND
        .matcher(Block.page(Example.README).replaceAll("\\\\\n *", ""))
        .results()
        .map(found -> new Command(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  /** Sends each command, also ones that are refused, to an empty service. It has 5 events then. */
  void takeOrders() throws IOException {
    List<Command> shown = shown();
    Answer placed = send(shown.get(0));
    assertThat(placed).isEqualTo(new Answer(200, "{\"status\":\"PLACED\",\"total\":900}"));
    assertThat(send(shown.get(0))).isEqualTo(placed);
    assertThat(place("order-2", "k-1", "samovar", 1).status()).isEqualTo(200);
    assertThat(place("order-3", "k-1", "tea", 0).status()).isEqualTo(400);
    assertThat(get("/orders/order-3").status()).isEqualTo(404);

    Answer cancelled = post("/orders/order-2/cancellation", "k-2", "{\"reason\":\"late\"}");
    assertThat(cancelled.body().path("status").asText()).isEqualTo("CANCELLED");
    assertThat(send(shown.get(1)).body().path("status").asText()).isIn("PAID", "SHIPPED");
    // By the saga.
    Await.until(() -> list().equals(Map.of("order-1", "Shipped", "order-2", "Cancelled")));

    Answer shipped = post("/orders/order-1/shipment", "k-3", "{\"parcel\":\"p-1\"}");
    assertThat(shipped.body().path("status").asText()).isEqualTo("SHIPPED");
    Answer tooLate = post("/orders/order-1/cancellation", "k-4", "{\"reason\":\"late\"}");
    assertThat(tooLate.status()).isEqualTo(409);
    assertThat(tooLate.text()).contains("the order is SHIPPED");
    assertThat(get("/orders/order-1")).isEqualTo(shipped);
    Await.until(() -> get("/sales").text().equals("{\"samovar\":1,\"tea\":2}"));
  }

  /** Takes one more order, after a restart. The service has 8 events then. */
  void takeAnother() {
    assertThat(list()).isEqualTo(Map.of("order-1", "Shipped", "order-2", "Cancelled"));
    place("order-3", "k-1", "tea", 1);
    post("/orders/order-3/payment", "k-2", "{\"receipt\":\"r-3\"}");
    Await.until(() -> "Shipped".equals(list().get("order-3")));
    Await.until(() -> get("/sales").body().path("tea").asInt() == 3);
  }
}
