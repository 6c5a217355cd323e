package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.daybook.testing.TestDaybook;
import dev.daybook.testing.junit.DaybookExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole service, by HTTP, with a fresh file for each test. */
class OrderServiceTest {

  @RegisterExtension static final DaybookExtension STORE = DaybookExtension.inFile();

  private HttpServer http;

  @BeforeEach
  void start(TestDaybook store) throws IOException {
    http = OrderService.start(store.daybook(), 0);
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void whatIsPaidIsShipped(TestDaybook store) throws Exception {
    String tea = "{\"customer\": \"Ann\", \"product\": \"tea\", \"pieces\": 2, \"price\": 450}";
    assertEquals("{\"status\":\"PLACED\",\"total\":900}", post("/orders/order-1", tea));
    post("/orders/order-1/payment", "{\"receipt\": \"r-1\"}");
    store.awaitAll();

    assertEquals("{\"status\":\"SHIPPED\",\"total\":900}", get("/orders/order-1"));
    assertEquals(
        "[{\"id\":\"order-1\",\"customer\":\"Ann\",\"status\":\"Shipped\"}]", get("/orders"));
    assertEquals("{\"tea\":2}", get("/sales"));
  }

  private String get(String path) throws Exception {
    return send(request(path).GET());
  }

  private String post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + http.getAddress().getPort() + path));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }
}
