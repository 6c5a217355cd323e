package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.Interleaving;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Inline projections where several transactions write at a time, and a lower position may be
 * committed after a higher one. The handler writes a numbered row for each event.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresInlineProjectionTest {

  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<Long> NUMBER = DSL.field(DSL.name("number"), SQLDataType.BIGINT);
  private static final Field<String> NAME = DSL.field(DSL.name("name"), SQLDataType.VARCHAR);
  private static final Field<Long> AT = DSL.field(DSL.name("at"), SQLDataType.BIGINT);

  private static final int MANY_LOOKS = 10;

  private record Operation(String name, Interleaving.Work work) {}

  private static final Operation INLINE =
      new Operation("inline", (on, id) -> append(inline(on, id), id + "inline"));

  private static final List<Operation> OTHERS =
      List.of(
          INLINE,
          new Operation(
              "inline in a transaction",
              (on, id) ->
                  on.transaction(
                      transaction -> {
                        append(inline(on, id).within(transaction), id + "within");
                        append(inline(on, id).within(transaction), id + "within");
                      })),
          new Operation("plain", (on, id) -> append(on.rawJournal(), id + "plain")),
          new Operation(
              "rebuild",
              (on, id) ->
                  on.subscriptions()
                      .rebuild(
                          id,
                          transaction ->
                              DSL.using(transaction)
                                  .deleteFrom(APPLIED)
                                  .where(NAME.eq(id))
                                  .execute())),
          new Operation("subscription", PostgresInlineProjectionTest::run));

  private final Interleaving interleaving = new Interleaving();

  @AfterEach
  void close() {
    interleaving.close();
  }

  private static Subscriber<EncodedEvent> projection(Daybook on, String id) {
    return Subscriber.of(
            id,
            on.rawJournal(),
            ExactlyOnce.each((transaction, event) -> apply(transaction, id, event)))
        .select(EventQuery.all().inStreams(id));
  }

  private static Journal<EncodedEvent> inline(Daybook on, String id) {
    return on.subscriptions().inline(projection(on, id));
  }

  private static void apply(
      Configuration transaction, String id, RecordedEvent<EncodedEvent> event) {
    DSL.using(transaction).insertInto(APPLIED, NAME, AT).values(id, event.position()).execute();
  }

  private static RecordedEvent<EncodedEvent> append(Journal<EncodedEvent> journal, String stream) {
    return journal.append(stream, ExpectedSeq.any(), EncodedEvent.json("moved", "{}"));
  }

  private static void run(Daybook on, String id) {
    try (Subscription subscription = on.subscriptions().start(projection(on, id))) {
      Await.state(subscription, SubscriptionState.LIVE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void makeTable(Daybook daybook) {
    daybook.transaction(
        transaction ->
            DSL.using(transaction)
                .createTable(APPLIED)
                .column(NUMBER, SQLDataType.BIGINT.identity(true))
                .columns(NAME, AT)
                .execute());
  }

  private static void assertAppliedInOrder(Daybook daybook, String id) {
    List<Long> applied =
        daybook.transactionResult(
            transaction ->
                DSL.using(transaction)
                    .select(AT)
                    .from(APPLIED)
                    .where(NAME.eq(id))
                    .orderBy(NUMBER)
                    .fetch(AT));
    assertThat(applied)
        .as(id)
        .isEqualTo(
            daybook.rawJournal().read(EventQuery.all().inStreams(id)).stream()
                .<Long>map(RecordedEvent::position)
                .toList());
  }

  @Test
  void whatever_happens_at_the_same_time_each_event_is_handled_once_and_in_order() {
    Daybook daybook = interleaving.another();
    makeTable(daybook);
    for (Operation first : OTHERS) {
      for (Operation second : first.equals(INLINE) ? OTHERS : List.of(INLINE)) {
        interleaving.tryEach(
            statement -> "%s before %d of %s.".formatted(second.name(), statement, first.name()),
            (on, id) -> {
              append(inline(on, id), id);
              append(on.rawJournal(), id);
            },
            first.work(),
            second.work());
      }
    }

    List<SubscriptionInfo> all = daybook.subscriptions().list();
    assertThat(all).hasSizeGreaterThan(2 * OTHERS.size());
    for (SubscriptionInfo info : all) {
      append(inline(daybook, info.name()), info.name());
      assertAppliedInOrder(daybook, info.name());
    }
    assertThat(interleaving.deadlocks()).isZero();
  }

  @Test
  void an_append_waits_for_those_that_may_still_commit_a_lower_position() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
        Daybook daybook =
            Daybook.builder(server.dataSource())
                .push(false)
                .sqlListener(sql -> looks.addAndGet(sql.contains("pg_locks") ? 1 : 0))
                .build();
        SteppedTransaction earlier = SteppedTransaction.begin(server.dataSource())) {
      makeTable(daybook);
      earlier.run(
          transaction -> append(daybook.within(transaction).rawJournal(), "moves-of-others"));
      looks.set(0);
      CompletableFuture<RecordedEvent<EncodedEvent>> later =
          CompletableFuture.supplyAsync(() -> append(inline(daybook, "moves"), "moves-a"));
      Await.until(() -> later.isDone() || looks.get() > MANY_LOOKS);
      assertThat(later).isNotDone();
      earlier.run(
          transaction -> append(daybook.within(transaction).rawJournal(), "moves-of-others"));
      earlier.commit();
      Await.result(later);
      append(inline(daybook, "moves"), "moves-a");

      assertAppliedInOrder(daybook, "moves");
      assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(4);
    }
  }

  @Test
  void one_that_has_appended_before_may_take_its_turn_while_others_wait_for_it() throws Exception {
    try (PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
        Daybook daybook = Daybook.open(server.dataSource());
        SteppedTransaction earlier = SteppedTransaction.begin(server.dataSource())) {
      makeTable(daybook);
      append(inline(daybook, "moves"), "moves-a");
      earlier.run(
          transaction -> append(daybook.within(transaction).rawJournal(), "moves-of-others"));
      CompletableFuture<RecordedEvent<EncodedEvent>> later =
          CompletableFuture.supplyAsync(() -> append(inline(daybook, "moves"), "moves-b"));
      Await.until(() -> later.isDone() || !server.busySessions().isEmpty());
      earlier.run(
          transaction -> append(inline(daybook, "moves").within(transaction), "moves-of-others"));
      earlier.commit();
      Await.result(later);

      assertAppliedInOrder(daybook, "moves");
      assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(4);
    }
  }

  @Test
  void inside_a_transaction_it_waits_for_a_moment_and_the_transaction_may_continue()
      throws Exception {
    try (PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
        Daybook daybook = Daybook.open(server.dataSource());
        SteppedTransaction earlier = SteppedTransaction.begin(server.dataSource())) {
      makeTable(daybook);
      earlier.run(
          transaction -> append(daybook.within(transaction).rawJournal(), "moves-of-others"));
      daybook.transaction(
          transaction -> {
            Journal<EncodedEvent> within = inline(daybook, "moves").within(transaction);
            assertThatThrownBy(() -> append(within, "moves-a"))
                .isInstanceOf(TransactionConflictException.class)
                .hasMessageContaining("moves");
            earlier.commit();
            append(within, "moves-b");
          });

      assertAppliedInOrder(daybook, "moves");
      assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(2);
    }
  }

  @Test
  void a_transaction_that_keeps_one_state_is_refused() throws Exception {
    Daybook daybook = interleaving.another();
    makeTable(daybook);
    daybook.transaction(
        transaction -> {
          DSL.using(transaction).execute("set transaction isolation level repeatable read");
          assertThatThrownBy(() -> append(inline(daybook, "moves").within(transaction), "moves-a"))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("READ COMMITTED");
        });
    assertThat(daybook.rawJournal().read(EventQuery.all())).isEmpty();
  }

  @Test
  void a_handler_whose_statement_conflicts_is_called_again() {
    Daybook daybook = interleaving.another();
    makeTable(daybook);
    AtomicInteger calls = new AtomicInteger();
    Journal<EncodedEvent> conflicting =
        daybook
            .subscriptions()
            .inline(
                Subscriber.of(
                    "moves",
                    daybook.rawJournal(),
                    ExactlyOnce.each(
                        (transaction, event) -> {
                          apply(transaction, "moves", event);
                          if (calls.incrementAndGet() < 3) {
                            DSL.using(transaction)
                                .execute(
                                    "do $$ begin raise exception using errcode = '40P01'; end $$");
                          }
                        })));
    append(conflicting, "moves-a");

    assertThat(calls).hasValue(3);
    assertAppliedInOrder(daybook, "moves");
  }
}
