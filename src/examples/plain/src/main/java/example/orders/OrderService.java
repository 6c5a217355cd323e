package example.orders;

import dev.daybook.Daybook;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import example.orders.OrderEvent.Cancelled;
import example.orders.OrderEvent.Placed;
import example.orders.OrderEvent.Shipped;
import java.time.Duration;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.impl.DSL;

/** The service: its parts put together, and two orders. */
public final class OrderService {

  final Orders orders;
  private final Daybook daybook;
  private final Journal<OrderEvent> journal;
  private final List<Subscription> projections;

  OrderService(Daybook daybook) {
    this.daybook = daybook;
    journal = daybook.journal(OrderEvent.class);
    orders = new Orders(daybook);
    daybook.transaction(OrderList::create);
    daybook.transaction(Sales::create);
    projections =
        List.of(
            start("order-list", ExactlyOnce.each(OrderList::handle)),
            start("sales", ExactlyOnce.each(Sales::handle)));
    // In place of a bank, which would have to know an order that it has charged before.
    Fulfilment fulfilment = new Fulfilment(orders, total -> total <= 100_00);
    start("fulfilment", AtLeastOnce.each(fulfilment::handle));
  }

  private Subscription start(String name, Delivery<OrderEvent> delivery) {
    return daybook.subscriptions().start(Subscriber.of(name, journal, delivery));
  }

  /** Waits until an order is shipped or cancelled, and the projections show it. */
  void awaitEnd(String id) throws InterruptedException {
    var live = daybook.queries(journal).liveEvents(EventQuery.stream(id));
    try (var events = live.stream()) {
      var ends =
          events.filter(it -> it.data() instanceof Shipped || it.data() instanceof Cancelled);
      long end = ends.findFirst().orElseThrow().position();
      for (Subscription projection : projections) {
        if (!projection.awaitPosition(end, Duration.ofMinutes(1))) {
          throw new IllegalStateException(projection.name() + " is " + projection.state());
        }
      }
    }
  }

  static void print(Configuration tx) {
    System.out.print(DSL.using(tx).selectFrom(OrderList.ORDERS).orderBy(OrderList.ID).fetch());
    System.out.print(DSL.using(tx).selectFrom(Sales.SALES).orderBy(Sales.PRODUCT).fetch());
  }

  public static void main(String[] args) throws InterruptedException {
    try (Daybook daybook = Daybook.open(args.length == 0 ? "orders.db" : args[0])) {
      OrderService service = new OrderService(daybook);
      Placed tea = new Placed("Ann", "tea", 2, 4_50);
      Placed samovar = new Placed("Bob", "samovar", 1, 990_00);
      service.orders.carryOut("order-1", order -> order.place(tea));
      service.orders.carryOut("order-2", order -> order.place(samovar));
      service.awaitEnd("order-1");
      service.awaitEnd("order-2");
      daybook.transaction(OrderService::print);
    }
  }
}
