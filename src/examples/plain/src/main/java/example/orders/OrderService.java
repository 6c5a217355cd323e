package example.orders;

import com.sun.net.httpserver.HttpServer;
import dev.daybook.Daybook;
import dev.daybook.journal.Journal;
import dev.daybook.micrometer.DaybookMetrics;
import dev.daybook.recovery.Recovery;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscriptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The service: its parts put together. */
public final class OrderService {

  static HttpServer start(Daybook daybook, int port) throws IOException {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    DaybookMetrics.of(daybook).bindTo(meters);
    Journal<OrderEvent> journal = daybook.journal(OrderEvent.class);
    var snapshots = daybook.snapshots(Order.class);
    var orders = Recovery.of(journal, snapshots, () -> Order.NEW, Order::after).snapshotEvery(50);
    daybook.transaction(Projections::createTables);

    Subscriptions all = daybook.subscriptions();
    all.start(Subscriber.of("order-list", journal, ExactlyOnce.each(Projections::list)));
    all.start(Subscriber.of("sales", journal, ExactlyOnce.each(Projections::count)));
    Fulfilment fulfilment = new Fulfilment(orders);
    all.start(Subscriber.of("fulfilment", journal, AtLeastOnce.each(fulfilment::handle)));

    HttpServer http = HttpServer.create(new InetSocketAddress(port), 0);
    http.createContext("/", new OrderEndpoint(daybook, orders));
    http.createContext("/metrics", it -> OrderEndpoint.send(it, 200, meters.scrape()));
    http.start();
    return http;
  }

  public static void main(String[] args) throws IOException {
    Daybook daybook = Daybook.open(args.length == 0 ? "orders.db" : args[0]);
    Runtime.getRuntime().addShutdownHook(new Thread(daybook::close));
    start(daybook, Integer.getInteger("port", 8080));
  }
}
