package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.delivered;
import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.recovery.Recovery;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.ProjectionBehindException;
import dev.daybook.subscription.ProjectionException;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriptions;
import dev.daybook.subscription.WhileBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** A projection that can be read right after its event: it is handled by the append itself. */
public abstract class InlineProjectionConformance extends InliningConformance {

  protected InlineProjectionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_event_is_handled_when_its_append_returns() {
    inline.append("a", ExpectedSeq.noStream(), moved(1));
    assertAllAppliedOnce();
    inline.append("a", ExpectedSeq.exactly(1), NewEvent.of(moved(2)).tagged("far"));
    assertAllAppliedOnce();
    inline.append("a", ExpectedSeq.exactly(2), List.of(moved(3), moved(4)));
    assertAllAppliedOnce();
    inline.append(Append.of("b", ExpectedSeq.any(), moves(2)));
    assertAllAppliedOnce();
    inline.appendAll(
        List.of(
            Append.of("c", ExpectedSeq.any(), moves(2)),
            Append.of("a", ExpectedSeq.any(), moves(1))));
    assertAllAppliedOnce();
    inline.appendOnce(Append.of("d", ExpectedSeq.any(), moves(1)).withIdempotencyKey("k"));
    assertAllAppliedOnce();
    inline.raw().append(Append.of("e", ExpectedSeq.any(), List.of(encoded())));
    assertAllAppliedOnce();
    inline.with(PayloadOptions.plain()).append("a", ExpectedSeq.any(), moved(9));

    assertAllAppliedOnce();
    assertThat(applied()).hasSize(12);
    assertThat(handled).isEqualTo(everything());
    assertThat(info().lagEvents()).isZero();
  }

  private NewEvent<EncodedEvent> encoded() {
    RecordedEvent<EncodedEvent> stored = journal.raw().read(EventQuery.stream("a").limit(1)).get(0);
    return NewEvent.of(stored.data());
  }

  @Test
  void what_is_read_through_it_is_what_the_journal_has() {
    inline.append(Append.of("a", ExpectedSeq.any(), moves(3)).withIdempotencyKey("k"));
    inline.raiseHighWaterMark("marked", 7);

    assertThat(inline.read(EventQuery.all())).isEqualTo(everything());
    try (Stream<RecordedEvent<ParcelEvent>> events = inline.stream(EventQuery.all())) {
      assertThat(events).hasSize(3);
    }
    assertThat(inline.count(EventQuery.all())).isEqualTo(3);
    assertThat(inline.exists(EventQuery.stream("b"))).isFalse();
    assertThat(inline.findByKey("a", "k")).isEqualTo(everything());
    assertThat(inline.highestSeq("marked")).isEqualTo(7);
    assertThat(inline.latestPosition()).isEqualTo(journal.latestPosition());
    try (Stream<String> ids = inline.streamIds("")) {
      assertThat(ids).containsExactly("a", "marked");
    }
    assertThat(inline.streamIds("", "a", 5)).containsExactly("marked");
    assertThat(inline.stats()).isEqualTo(journal.stats());
    assertThat(inline.decode(journal.raw().read(EventQuery.all()).get(0)))
        .isEqualTo(everything().get(0));
    assertThat(inline.delete("a", 2)).isEqualTo(2);
    assertThat(seqs(everything())).containsExactly(3L);
  }

  @Test
  void what_the_handler_throws_reaches_the_caller_and_nothing_is_written() {
    inline.append("a", ExpectedSeq.any(), moved(1));
    long before = info().position();
    for (Throwable thrown :
        List.of(new IllegalStateException("no"), new AssertionError("no"), new IOException("no"))) {
      Journal<ParcelEvent> failing =
          daybook.subscriptions().inline(applying((transaction, event) -> sneak(thrown)));

      Throwable failure =
          catchThrowable(() -> failing.append("a", ExpectedSeq.exactly(1), moved(2)));

      if (thrown instanceof IOException) {
        assertThat(failure)
            .isInstanceOf(ProjectionException.class)
            .hasMessageContaining("parcels")
            .hasCause(thrown);
      } else {
        assertThat(failure).isSameAs(thrown);
      }
      assertThat(journal.highestSeq("a")).isEqualTo(1);
      assertAllAppliedOnce();
      assertThat(info().position()).isEqualTo(before);
    }
    inline.append("a", ExpectedSeq.exactly(1), moved(2));
    assertAllAppliedOnce();
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @Test
  void a_rule_that_the_handler_breaks_is_its_failure_and_not_tried_again() {
    Table<?> once = DSL.table(DSL.name("once"));
    daybook.transaction(
        transaction ->
            DSL.using(transaction).createTable(once).column(AT).primaryKey(AT).execute());
    Journal<ParcelEvent> breaking =
        daybook
            .subscriptions()
            .inline(
                applying(
                    (transaction, event) ->
                        DSL.using(transaction).insertInto(once, AT).values(7L).execute()));
    breaking.append("a", ExpectedSeq.any(), moved(1));

    assertThatThrownBy(() -> breaking.append("a", ExpectedSeq.any(), moved(2)))
        .isInstanceOf(DataAccessException.class);
    assertThat(handled).hasSize(2);
    assertAllAppliedOnce();
  }

  @Test
  void a_refused_append_calls_nothing() {
    inline.append("a", ExpectedSeq.any(), moved(1));
    handled.clear();

    assertThatThrownBy(() -> inline.append("a", ExpectedSeq.noStream(), moved(2)))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(
            () ->
                inline.appendAll(
                    List.of(
                        Append.of("b", ExpectedSeq.any(), moves(1)),
                        Append.of("a", ExpectedSeq.exactly(7), moves(1)))))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> inline.append("", ExpectedSeq.any(), moved(2)))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> inline.appendOnce(Append.of("a", ExpectedSeq.any(), moves(1))))
        .isInstanceOf(InvalidInputException.class);
    assertThat(handled).isEmpty();
    assertAllAppliedOnce();
  }

  @Test
  void an_append_of_nothing_calls_nothing() {
    assertThat(inline.append("a", ExpectedSeq.exactly(7), List.of())).isEmpty();
    assertThat(inline.appendAll(List.of())).isEmpty();
    assertThat(inline.appendAll(List.of(Append.of("a", ExpectedSeq.any(), moves(0)))))
        .containsExactly(List.of());
    assertThat(
            inline
                .appendOnce(Append.of("a", ExpectedSeq.any(), moves(0)).withIdempotencyKey("k"))
                .isRepeated())
        .isFalse();

    assertThat(handled).isEmpty();
    assertThat(daybook.subscriptions().find("parcels")).isEmpty();
  }

  @Test
  void an_append_that_is_repeated_under_its_key_is_handled_once() {
    Append<ParcelEvent> append = Append.of("a", ExpectedSeq.any(), moves(2));
    List<RecordedEvent<ParcelEvent>> first = inline.append(append.withIdempotencyKey("k"));

    assertThat(inline.append(append.withIdempotencyKey("k"))).isEqualTo(first);
    assertThat(inline.appendOnce(append.withIdempotencyKey("k")).isRepeated()).isTrue();
    assertThat(handled).isEqualTo(first);

    journal.append(append.withIdempotencyKey("other"));
    assertThat(inline.appendOnce(append.withIdempotencyKey("other")).isRepeated()).isTrue();
    assertAllAppliedOnce();
    assertThat(handled).isEqualTo(everything());
  }

  @Test
  void what_others_have_appended_is_handled_before_in_order() {
    appendMoves("others", 3);
    inline.append("a", ExpectedSeq.any(), moved(1));
    appendMoves("a", 2);
    appendMoves("others", 1);
    assertThat(info().lagEvents()).isEqualTo(3);
    inline.append("a", ExpectedSeq.exactly(3), moved(2));

    assertThat(handled).isEqualTo(everything());
    assertAllAppliedOnce();
    assertThat(info().lagEvents()).isZero();
  }

  @Test
  void it_begins_where_its_subscriber_says() {
    appendMoves("a", 3);
    Journal<ParcelEvent> fromNow = daybook.subscriptions().inline(applying().from(StartFrom.end()));
    RecordedEvent<ParcelEvent> next = fromNow.append("a", ExpectedSeq.any(), moved(1));
    Journal<ParcelEvent> fromPosition =
        daybook
            .subscriptions()
            .inline(
                subscriber("other", ExactlyOnce.each((transaction, event) -> handled.add(event)))
                    .from(StartFrom.position(everything().get(1).position())));
    handled.clear();
    RecordedEvent<ParcelEvent> last = fromPosition.append("a", ExpectedSeq.any(), moved(1));

    assertThat(applied()).containsExactly(next.position());
    assertThat(handled).hasSize(3).endsWith(next, last);
  }

  @Test
  void only_what_is_selected_is_handled() {
    List<EventQuery> selections =
        List.of(
            EventQuery.all().inStreams("a"),
            EventQuery.all().ofTypes("Delivered"),
            EventQuery.stream("a1"),
            EventQuery.stream("a1").ofTypes("Delivered"));
    List<Journal<ParcelEvent>> journals = new ArrayList<>();
    List<List<RecordedEvent<ParcelEvent>>> all = new ArrayList<>();
    for (EventQuery selection : selections) {
      List<RecordedEvent<ParcelEvent>> got = new CopyOnWriteArrayList<>();
      all.add(got);
      journals.add(
          daybook
              .subscriptions()
              .inline(
                  subscriber(
                          "p" + all.size(),
                          ExactlyOnce.each((transaction, event) -> got.add(event)))
                      .select(selection)));
    }
    for (Journal<ParcelEvent> each : journals) {
      each.append("a1", ExpectedSeq.any(), moved(1));
      each.append("a1", ExpectedSeq.any(), List.of(delivered(), moved(2)));
      each.append("b", ExpectedSeq.any(), delivered());
    }
    for (Journal<ParcelEvent> each : journals) {
      each.append("end", ExpectedSeq.any(), moved(1));
    }

    for (int i = 0; i < selections.size(); i++) {
      assertThat(all.get(i)).as("%s", selections.get(i)).isEqualTo(journal.read(selections.get(i)));
    }
  }

  @Test
  void batches_are_as_large_as_the_subscriber_says() {
    List<Integer> sizes = new ArrayList<>();
    Journal<ParcelEvent> inBatches =
        daybook
            .subscriptions()
            .inline(
                subscriber(
                    ExactlyOnce.inBatches(3, (transaction, events) -> sizes.add(events.size()))));

    inBatches.append(Append.of("a", ExpectedSeq.any(), moves(7)));
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void far_behind_it_refuses_or_leaves_its_events_to_the_subscription() throws Exception {
    appendMoves("others", Subscriptions.MOST_BEHIND);
    inline.append(Append.of("a", ExpectedSeq.any(), moves(2)));
    assertAllAppliedOnce();

    daybook.subscriptions().rebuild("parcels", InliningConformance::clear);
    assertThatThrownBy(() -> inline.append("a", ExpectedSeq.any(), moved(3)))
        .isInstanceOfSatisfying(
            ProjectionBehindException.class,
            e -> {
              assertThat(e.name()).isEqualTo("parcels");
              assertThat(e.position()).isZero();
            });
    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(applied()).isEmpty();

    Journal<ParcelEvent> appending = daybook.subscriptions().inline(applying(), WhileBehind.APPEND);
    appending.append("a", ExpectedSeq.any(), moved(3));
    assertThat(applied()).isEmpty();

    runToTheEnd(applying());
    assertAllAppliedOnce();
    appending.append("a", ExpectedSeq.any(), moved(4));
    inline.append("a", ExpectedSeq.any(), moved(5));
    assertAllAppliedOnce();
  }

  @Test
  void a_rebuild_begins_anew_and_the_next_append_handles_what_there_is() {
    inline.append(Append.of("a", ExpectedSeq.any(), moves(5)));
    daybook.subscriptions().rebuild("parcels", InliningConformance::clear);
    assertThat(applied()).isEmpty();
    assertThat(info().lagEvents()).isEqualTo(5);
    handled.clear();

    inline.append("b", ExpectedSeq.any(), moved(1));
    assertAllAppliedOnce();
    assertThat(handled).isEqualTo(everything());
  }

  @Test
  void a_decision_is_handled_with_its_events() {
    Recovery<Integer, ParcelEvent> recovery =
        Recovery.of(inline, () -> 0, (state, event) -> state + 1);
    for (int i = 1; i <= 3; i++) {
      assertThat(recovery.execute("a", state -> List.of(moved(state + 1))).state()).isEqualTo(i);
      assertAllAppliedOnce();
    }
    assertThat(handled).hasSize(3);
  }

  @Test
  void options_that_it_cannot_honour_are_refused() {
    assertThatThrownBy(
            () ->
                daybook
                    .subscriptions()
                    .inline(subscriber(AtLeastOnce.<ParcelEvent>each(handled::add))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ExactlyOnce");
    assertThatThrownBy(
            () -> daybook.subscriptions().inline(applying().onFailure(OnFailure.parkStream())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("parkStream");
  }

  @Test
  void after_the_close_it_says_so() {
    daybook.close();
    assertThatThrownBy(() -> inline.append("a", ExpectedSeq.any(), moved(1)))
        .isInstanceOf(ClosedException.class);
  }
}
