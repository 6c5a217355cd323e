package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Subscriptions of a Daybook that has a host. */
abstract class HostSubscriptionConformance extends HostConformance {

  HostSubscriptionConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void what_a_handler_writes_by_the_framework_is_there_exactly_once() throws Exception {
    append("a", 1);
    append("a", 2);
    AtomicBoolean failed = new AtomicBoolean();
    Subscriber<ParcelEvent> subscriber =
        Subscriber.of(
                "parcels",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (tx, event) -> {
                      host.insertOrder(event.seq() + 1);
                      append("counted", (int) event.seq());
                      if (event.seq() == 2 && !failed.getAndSet(true)) {
                        throw new IllegalStateException("not yet");
                      }
                    }))
            .select(EventQuery.all().inStreams("a"))
            .onFailure(OnFailure.stop().retries(2, Duration.ZERO, Duration.ZERO));
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      long last = outside.read(EventQuery.stream("a")).get(1).position();
      assertThat(subscription.awaitPosition(last, Await.PATIENCE)).isTrue();
    }

    assertThat(failed).isTrue();
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
    assertThat(stored("counted")).isEqualTo(2);
  }

  @Test
  void a_subscription_hears_after_the_commit_and_not_of_what_was_rolled_back() throws Exception {
    openWith(options -> options.transactions(host.host()));
    List<String> handled = new CopyOnWriteArrayList<>();
    try (Subscription subscription =
        daybook
            .subscriptions()
            .start(
                Subscriber.of(
                    "parcels",
                    journal,
                    AtLeastOnce.<ParcelEvent>each(event -> handled.add(event.streamId()))))) {
      host.inTransaction(
          () -> {
            append("lost", 1);
            host.markForRollback();
          });
      host.inTransaction(
          () -> {
            append("a", 1);
            assertThat(handled).isEmpty();
          });
      long last = outside.latestPosition();
      assertThat(subscription.awaitPosition(last, Await.PATIENCE)).isTrue();
    }

    assertThat(handled).containsExactly("a");
  }

  @Test
  void an_inline_projection_works_in_the_hosts_transaction() {
    Journal<ParcelEvent> inline = inline();
    inline.append("a", any(), moved(1));
    host.inTransaction(
        () -> {
          inline.append("a", any(), moved(2));
          host.insertOrder(2);
          assertThat(storedOrders()).as("not committed yet").containsExactly(1L, 101L);
        });
    assertThat(storedOrders()).containsExactly(1L, 2L, 101L, 102L);

    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      inline.append("a", any(), moved(3));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThatThrownBy(() -> inline.append("a", any(), UNLUCKY)).hasMessage("unlucky");
    assertThat(storedOrders()).containsExactly(1L, 2L, 101L, 102L);
    assertThat(stored("a")).isEqualTo(2);
  }
}
