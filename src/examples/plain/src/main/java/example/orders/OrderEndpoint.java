package example.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.recovery.Recovery;
import example.orders.OrderEvent.Placed;
import java.io.IOException;
import java.util.List;

/** Commands and queries by HTTP. A client that gets no answer sends its command again. */
record OrderEndpoint(Daybook daybook, Recovery<Order, OrderEvent> orders) implements HttpHandler {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      Object answer = answer(exchange);
      send(exchange, answer.equals(Order.NEW) ? 404 : 200, JSON.writeValueAsString(answer));
    } catch (IllegalArgumentException | InvalidInputException e) {
      send(exchange, 400, e.getMessage());
    } catch (IllegalStateException e) {
      send(exchange, 409, e.getMessage());
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (path.length == 2) {
      boolean sales = path[1].equals("sales");
      return daybook.transactionResult(sales ? Projections::sales : Projections::orders);
    } else if (exchange.getRequestMethod().equals("GET")) {
      return orders.recover(path[2]).state();
    }
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    String command = path.length == 3 ? "placement" : path[3];
    return orders.execute(path[2], order -> decide(order, command, body)).state();
  }

  private static List<OrderEvent> decide(Order order, String command, JsonNode body) {
    return switch (command) {
      case "placement" -> order.place(JSON.convertValue(body, Placed.class));
      case "payment" -> order.pay(body.path("receipt").asText());
      case "shipment" -> order.ship(body.path("parcel").asText());
      case "cancellation" -> order.cancel(body.path("reason").asText());
      default -> throw new IllegalArgumentException("there is no command " + command);
    };
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    }
  }
}
