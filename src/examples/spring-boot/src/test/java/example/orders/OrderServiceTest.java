package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daybook.Daybook;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookSubscriptions;
import example.orders.Order.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** The whole service, by HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class OrderServiceTest {

  @TempDir private static Path directory;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", () -> "jdbc:sqlite:" + directory.resolve("orders.db"));
  }

  @LocalServerPort private int port;
  @Autowired private Daybook daybook;
  @Autowired private Journal<OrderEvent> journal;
  @Autowired private DaybookSubscriptions subscriptions;

  private Order send(String path, String key, Object command) {
    return http()
        .post()
        .uri(path)
        .header("Idempotency-Key", key)
        .body(command)
        .retrieve()
        .body(Order.class);
  }

  private RestClient http() {
    return RestClient.create("http://localhost:" + port);
  }

  @Test
  void whatIsPaidIsShipped() throws InterruptedException {
    var tea = new OrderController.Placing("Ann", "tea", 2, 4_50);
    assertEquals(new Order(Status.PLACED, 9_00), send("/orders/order-1", "k-1", tea));
    assertEquals(new Order(Status.PLACED, 9_00), send("/orders/order-1", "k-1", tea));
    send("/orders/order-1/payment", "k-2", new OrderController.Payment("r-1"));

    // The saga appends what the projections then show.
    awaitAll("fulfilment");
    awaitAll("order-list");
    awaitAll("sales");
    RecordedEvent<OrderEvent> shipped = journal.read(EventQuery.stream("order-1")).get(2);
    assertEquals(Optional.of("order-1#2"), shipped.metadata().causationId());
    ResponseEntity<OrderList.Line[]> list =
        http().get().uri("/orders").retrieve().toEntity(OrderList.Line[].class);
    assertEquals(new OrderList.Line("order-1", "Ann", "Shipped"), list.getBody()[0]);
    assertEquals(Map.of("tea", 2), http().get().uri("/sales").retrieve().body(Map.class));
  }

  private void awaitAll(String subscription) throws InterruptedException {
    long head = daybook.rawJournal().latestPosition();
    assertTrue(
        subscriptions.find(subscription).orElseThrow().awaitPosition(head, Duration.ofMinutes(1)));
  }
}
