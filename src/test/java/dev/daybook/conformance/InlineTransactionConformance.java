package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.DaybookStore;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.TransactionalHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Inline projections in transactions, beside others that write, and while their append waits. */
public abstract class InlineTransactionConformance extends InliningConformance {

  private static final int THREADS = 4;

  protected InlineTransactionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void beside_its_own_subscription_each_event_is_handled_once() throws Exception {
    appendMoves("a", 20);
    try (Subscription subscription = start(applying())) {
      for (int i = 1; i <= 50; i++) {
        inline.append("a", ExpectedSeq.any(), moved(i));
        assertAllAppliedOnce();
        appendMoves("others", i % 3);
      }
      Await.position(subscription, journal.latestPosition());
      assertAllAppliedOnce();
      daybook.subscriptions().rebuild("parcels", InliningConformance::clear);
      inline.append("a", ExpectedSeq.any(), moved(1));
      assertAllAppliedOnce();
      Await.position(subscription, journal.latestPosition());
      assertThat(subscription.state()).isNotEqualTo(SubscriptionState.FAILED);
      assertThat(info().owner()).isPresent();
    }
    assertAllAppliedOnce();
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void a_subscription_with_nothing_selected_follows_what_appends_have_saved() throws Exception {
    Subscriber<ParcelEvent> nothing =
        subscriber(ExactlyOnce.each((transaction, event) -> handled.add(event)))
            .select(EventQuery.all().ofTypes("Posted"));
    Journal<ParcelEvent> unselected = daybook.subscriptions().inline(nothing);
    try (Subscription subscription = start(nothing)) {
      Await.state(subscription, SubscriptionState.LIVE);
      String owner = info().owner().orElseThrow();
      for (int i = 1; i <= 10; i++) {
        long position = unselected.append("a", ExpectedSeq.any(), moved(i)).position();
        Await.position(subscription, position);
      }
      assertThat(info().owner()).contains(owner);
    }
    assertThat(handled).isEmpty();
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void threads_take_turns_in_the_order_of_positions_whatever_others_append() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Journal<ParcelEvent> used = thread % 2 == 0 ? inline : journal;
      String stream = "s" + thread;
      tasks.add(
          () -> {
            for (int i = 1; i <= 25; i++) {
              List<RecordedEvent<ParcelEvent>> appended =
                  used.append(Append.of(stream, ExpectedSeq.exactly(2L * (i - 1)), moves(2)));
              assertThat(used != inline || handled.containsAll(appended)).isTrue();
            }
            return true;
          });
    }
    ConcurrentRendezvous.collide(tasks).forEach(ConcurrentRendezvous.Outcome::orThrow);
    inline.append("end", ExpectedSeq.any(), moved(1));

    assertAllAppliedOnce();
  }

  @Test
  void inside_a_transaction_it_commits_and_rolls_back_with_it() {
    Heard heard = new Heard();
    journal.onAppend(heard);
    daybook.transaction(
        transaction -> {
          inline.within(transaction).append("a", ExpectedSeq.any(), moved(1));
          inline.within(transaction).append("a", ExpectedSeq.any(), moved(2));
          assertThat(DSL.using(transaction).fetchCount(APPLIED)).isEqualTo(2);
          assertThat(heard.now()).isEmpty();
        });
    assertAllAppliedOnce();
    assertThat(heard.atLeast(2)).extracting(Appended::lastSeq).containsExactly(1L, 2L);

    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      inline.within(transaction).append("a", ExpectedSeq.any(), moved(3));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(applied()).hasSize(2);
    assertAllAppliedOnce();
  }

  @Test
  void a_failure_inside_a_transaction_leaves_nothing_in_it_and_it_may_continue() {
    Journal<ParcelEvent> failing =
        daybook
            .subscriptions()
            .inline(
                applying(
                    (transaction, event) -> {
                      if (event.data().equals(moved(13))) {
                        DSL.using(transaction).execute("select 1 from missing");
                      }
                    }));
    daybook.transaction(
        transaction -> {
          Journal<ParcelEvent> within = failing.within(transaction);
          within.append("a", ExpectedSeq.any(), moved(1));
          assertThatThrownBy(() -> within.append("a", ExpectedSeq.any(), moved(13)))
              .hasMessageContaining("missing");
          assertThatThrownBy(() -> within.append("a", ExpectedSeq.noStream(), moved(2)))
              .isInstanceOf(ConflictException.class);
          within.append("a", ExpectedSeq.exactly(1), moved(2));
        });

    assertThat(readStream("a")).extracting(RecordedEvent::data).containsExactly(moved(1), moved(2));
    assertAllAppliedOnce();
  }

  @Test
  void what_a_handler_catches_leaves_nothing_and_its_append_continues() {
    Journal<ParcelEvent> catching =
        daybook
            .subscriptions()
            .inline(
                applying(
                    (transaction, event) -> {
                      Journal<ParcelEvent> within = journal.within(transaction);
                      assertThatThrownBy(
                              () -> within.append("a", ExpectedSeq.noStream(), moved(13)))
                          .isInstanceOf(ConflictException.class);
                      assertThatThrownBy(
                              () ->
                                  DSL.using(transaction)
                                      .transaction(
                                          nested -> {
                                            journal
                                                .within(nested)
                                                .append("caught", ExpectedSeq.any(), moved(13));
                                            DSL.using(nested).execute("select 1 from missing");
                                          }))
                          .hasMessageContaining("missing");
                      within.append("kept", ExpectedSeq.noStream(), moved(2));
                    }));
    RecordedEvent<ParcelEvent> first = catching.append("a", ExpectedSeq.any(), moved(1));

    assertThat(applied()).containsExactly(first.position());
    assertThat(readStream("a")).containsExactly(first);
    assertThat(journal.highestSeq("caught")).isZero();
    assertThat(journal.highestSeq("kept")).isEqualTo(1);
  }

  @Test
  void a_handler_may_append_what_is_handled_later_and_not_inline() {
    AtomicReference<@Nullable Throwable> refusal = new AtomicReference<>();
    AtomicReference<@Nullable Journal<ParcelEvent>> own = new AtomicReference<>();
    own.set(
        daybook
            .subscriptions()
            .inline(
                applying(
                    (transaction, event) -> {
                      if (event.streamId().equals("a")) {
                        refusal.set(
                            catchThrowable(
                                () ->
                                    Objects.requireNonNull(own.get())
                                        .within(transaction)
                                        .append("b", ExpectedSeq.any(), moved(1))));
                        journal
                            .within(transaction)
                            .append("derived", ExpectedSeq.any(), event.data());
                      }
                    })));
    Journal<ParcelEvent> appending = Objects.requireNonNull(own.get());
    RecordedEvent<ParcelEvent> first = appending.append("a", ExpectedSeq.any(), moved(1));

    assertThat(refusal.get()).isInstanceOf(IllegalStateException.class);
    assertThat(applied()).containsExactly(first.position());
    assertThat(journal.highestSeq("derived")).isEqualTo(1);
    assertThat(info().lagEvents()).isEqualTo(1);
    appending.append("c", ExpectedSeq.any(), moved(1));
    assertAllAppliedOnce();
  }

  @Test
  void a_journal_can_have_several() {
    List<String> order = new ArrayList<>();
    Journal<ParcelEvent> both =
        withTwo(
            (transaction, event) -> order.add("first"),
            (transaction, event) -> order.add("second"));
    both.append("a", ExpectedSeq.any(), moved(1));
    daybook.transaction(
        transaction -> both.within(transaction).append("a", ExpectedSeq.any(), moved(2)));

    assertThat(order).containsExactly("first", "second", "first", "second");
    assertAllAppliedOnce();
    assertThat(daybook.subscriptions().list()).allMatch(info -> info.lagEvents() == 0);
  }

  @Test
  void of_several_each_failure_leaves_nothing_and_a_transaction_may_continue() {
    Journal<ParcelEvent> both =
        withTwo(
            (transaction, event) -> refuse(event, moved(13)),
            (transaction, event) -> refuse(event, moved(14)));
    daybook.transaction(
        transaction -> {
          Journal<ParcelEvent> within = both.within(transaction);
          within.append("a", ExpectedSeq.any(), moved(1));
          for (int refused : List.of(13, 14)) {
            assertThatThrownBy(() -> within.append("a", ExpectedSeq.any(), moved(refused)))
                .hasMessage("refused");
          }
          within.append("a", ExpectedSeq.exactly(1), moved(2));
        });
    assertThatThrownBy(() -> both.append("a", ExpectedSeq.any(), moved(14))).hasMessage("refused");

    assertThat(readStream("a")).extracting(RecordedEvent::data).containsExactly(moved(1), moved(2));
    assertAllAppliedOnce();
    assertThat(daybook.subscriptions().list()).allMatch(info -> info.lagEvents() == 0);
  }

  /** A journal with two projections. */
  private Journal<ParcelEvent> withTwo(
      TransactionalHandler<ParcelEvent> first, TransactionalHandler<ParcelEvent> second) {
    return daybook
        .subscriptions()
        .inline(
            Subscriber.of(
                "second",
                daybook.subscriptions().inline(applying(first)),
                ExactlyOnce.each(second)));
  }

  private static void refuse(RecordedEvent<ParcelEvent> event, ParcelEvent refused) {
    if (event.data().equals(refused)) {
      throw new IllegalStateException("refused");
    }
  }

  @Test
  void a_deadline_is_for_the_append_with_its_handler() throws Exception {
    DaybookStore late = daybook.withDeadline(LONG);
    late.subscriptions().inline(applying()).append("a", ExpectedSeq.any(), moved(1));
    daybook
        .subscriptions()
        .inline(
            Subscriber.of(
                "bounded",
                late.journal(ParcelEvent.class),
                ExactlyOnce.each((transaction, event) -> {})))
        .append("a", ExpectedSeq.any(), moved(2));
    inline.append("a", ExpectedSeq.any(), moved(3));
    assertAllAppliedOnce();
    Duration soon = Duration.ofMillis(300);

    whileAnotherAppends(
        () -> {
          for (Journal<ParcelEvent> bounded :
              List.of(
                  daybook.withDeadline(soon).subscriptions().inline(applying()),
                  daybook
                      .subscriptions()
                      .inline(
                          Subscriber.of(
                              "parcels",
                              daybook.withDeadline(soon).journal(ParcelEvent.class),
                              applying().delivery())))) {
            assertThatThrownBy(() -> bounded.append("b", ExpectedSeq.any(), moved(1)))
                .isInstanceOf(DeadlineException.class);
          }
          return true;
        });
    assertThat(journal.highestSeq("b")).isZero();
    assertAllAppliedOnce();
  }

  @Test
  void an_interrupt_ends_an_append_that_waits_for_its_turn() throws Exception {
    whileAnotherAppends(
        () -> {
          Thread.currentThread().interrupt();
          try {
            Journal<ParcelEvent> bounded =
                daybook.withDeadline(LONG).subscriptions().inline(applying());
            assertThatThrownBy(() -> bounded.append("b", ExpectedSeq.any(), moved(1)))
                .isInstanceOf(WaitInterruptedException.class);
          } finally {
            assertThat(Thread.interrupted()).isTrue();
          }
          return true;
        });
    assertThat(journal.highestSeq("b")).isZero();
    assertAllAppliedOnce();
  }

  /** Does something while the handler of another append is at work. */
  private void whileAnotherAppends(Callable<Boolean> work) throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Journal<ParcelEvent> slow =
        daybook
            .subscriptions()
            .inline(
                applying(
                    (transaction, event) -> {
                      inHandler.countDown();
                      Await.reached(done);
                    }));
    Thread another = new Thread(() -> slow.append("slow", ExpectedSeq.any(), moved(1)));
    another.start();
    try {
      Await.reached(inHandler);
      work.call();
    } finally {
      done.countDown();
      another.join();
    }
    assertThat(journal.highestSeq("slow")).isEqualTo(1);
  }
}
