package dev.daybook.conformance;

import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jooq.Configuration;

/** What the suites of subscriptions share: one named "parcels", and what its handler was given. */
public abstract class SubscribingConformance extends JournalConformance {

  protected static final Duration LONG = Await.PATIENCE;

  protected final List<RecordedEvent<ParcelEvent>> handled = new CopyOnWriteArrayList<>();

  protected SubscribingConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  protected Subscriber<ParcelEvent> subscriber(Delivery<ParcelEvent> delivery) {
    return subscriber("parcels", delivery);
  }

  protected Subscriber<ParcelEvent> subscriber(String name, Delivery<ParcelEvent> delivery) {
    return Subscriber.of(name, journal, delivery);
  }

  protected Subscription start(Subscriber<ParcelEvent> subscriber) {
    return daybook.subscriptions().start(subscriber);
  }

  protected void runToTheEnd(Subscriber<ParcelEvent> subscriber) throws InterruptedException {
    try (Subscription subscription = start(subscriber)) {
      Await.position(subscription, journal.latestPosition());
    }
  }

  protected SubscriptionInfo info() {
    return daybook.subscriptions().find("parcels").orElseThrow();
  }

  protected static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  protected static List<String> threadsOf(String subscription) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("daybook-") && name.contains(subscription))
        .toList();
  }

  /** Appends in the transaction, so that what is applied twice is seen. */
  protected void count(Configuration transaction, RecordedEvent<ParcelEvent> event) {
    daybook
        .within(transaction)
        .journal(ParcelEvent.class)
        .append("counted", ExpectedSeq.any(), event.data());
  }

  protected long counted() {
    return journal.highestSeq("counted");
  }

  protected static boolean isWaiting(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals(thread))
        .anyMatch(
            each ->
                each.getState() == Thread.State.WAITING
                    || each.getState() == Thread.State.TIMED_WAITING);
  }
}
