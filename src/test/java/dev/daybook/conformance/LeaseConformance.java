package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two Daybooks with a subscription of one name, whose clocks differ by a day. */
public abstract class LeaseConformance extends SubscribingConformance {

  protected LeaseConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void no_lease_runs_out_by_a_clock() throws Exception {
    appendMoves("a", 1);
    try (Subscription first = start(leased(journal))) {
      Await.state(first, SubscriptionState.LIVE);
      Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
      Daybook ahead = open(options -> options.clock(tomorrow));
      try (Subscription second =
          ahead.subscriptions().start(leased(ahead.journal(ParcelEvent.class)))) {
        if (database.isShared()) {
          Await.state(second, SubscriptionState.STANDBY);
          assertGoesOn(first);
          assertThat(second.state()).isEqualTo(SubscriptionState.STANDBY);
        } else {
          Await.state(second, SubscriptionState.LIVE);
          assertGoesOn(first);
        }
      }
    }
  }

  @Test
  void whoever_has_the_lease_loses_it_with_the_checkpoint() throws Exception {
    appendMoves("a", 2);
    Gate first = new Gate();
    Gate second = new Gate();
    try (Subscription loser = start(leased(journal, first))) {
      first.awaitReached();
      try (Subscription winner = start(leased(journal, second))) {
        daybook.checkpoints().delete("parcels");
        long last = appendMoves("a", 1).get(0).position();
        second.awaitReached();

        first.open.countDown();
        Await.state(loser, SubscriptionState.STANDBY);
        second.open.countDown();
        Await.position(winner, last);
        assertThat(loser.state()).isEqualTo(SubscriptionState.STANDBY);
      } finally {
        first.open.countDown();
        second.open.countDown();
      }
    }
  }

  @Test
  void whoever_waits_for_nothing_notices_that_its_checkpoint_was_deleted_or_moved()
      throws Exception {
    if (database.isShared()) {
      // Nor does it look by itself.
      openWith(options -> options.pollInterval(Duration.ZERO));
    }
    long last = appendMoves("a", 3).get(2).position();
    try (Subscription subscription = start(leased(journal))) {
      Await.position(subscription, last);
      Await.state(subscription, SubscriptionState.LIVE);
      Await.until(() -> info().position() == last);

      assertThat(daybook.checkpoints().delete("parcels")).isTrue();
      Await.until(() -> daybook.checkpoints().load("parcels").isPresent());
      Await.until(() -> info().position() == last);

      daybook.transaction(tx -> daybook.checkpoints().within(tx).delete("parcels"));
      Await.until(() -> daybook.checkpoints().load("parcels").isPresent());
      Await.until(() -> info().position() == last);

      daybook.checkpoints().reset("parcels", 0);
      Await.until(() -> info().position() == last);
    }
  }

  private static final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() throws InterruptedException {
      reached.countDown();
      open.await();
    }

    void awaitReached() throws InterruptedException {
      Await.reached(reached);
    }
  }

  private void assertGoesOn(Subscription subscription) throws InterruptedException {
    long last = appendMoves("a", 1).get(0).position();
    Await.position(subscription, last);
  }

  private static Subscriber<ParcelEvent> leased(Journal<ParcelEvent> journal) {
    return Subscriber.of("parcels", journal, AtLeastOnce.<ParcelEvent>each(event -> {}))
        .lease(Duration.ofMinutes(5));
  }

  private static Subscriber<ParcelEvent> leased(Journal<ParcelEvent> journal, Gate gate) {
    return Subscriber.of("parcels", journal, AtLeastOnce.<ParcelEvent>each(event -> gate.pass()))
        .lease(Duration.ofMinutes(5));
  }
}
