package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.Interleaving;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A subscription is managed from elsewhere while it works, where several transactions write at a
 * time. Its handler counts the events of a stream in a row, and can't handle the second of them.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresSubscriptionInterleavingTest {

  private static final int EVENTS = 3;
  private static final long BAD = 2;

  private static final Table<?> COUNTS = DSL.table(DSL.name("counts"));
  private static final Field<String> STREAM = DSL.field(DSL.name("stream"), SQLDataType.VARCHAR);
  private static final Field<Integer> COUNT = DSL.field(DSL.name("count"), SQLDataType.INTEGER);

  private record Managing(String name, Interleaving.Work work) {}

  private static final List<Managing> MANAGING =
      List.of(
          new Managing("rebuild", PostgresSubscriptionInterleavingTest::rebuild),
          new Managing("reset and clear", PostgresSubscriptionInterleavingTest::resetAndClear),
          new Managing(
              "delete and clear",
              (on, id) ->
                  on.transaction(
                      transaction -> {
                        on.within(transaction).checkpoints().delete(id);
                        clear(transaction, id);
                      })),
          new Managing(
              "retry", (on, id) -> on.subscriptions().retryDeadLetter(id, positionOfBad(on, id))),
          new Managing(
              "drop", (on, id) -> on.subscriptions().dropDeadLetter(id, positionOfBad(on, id))));

  private static final List<Managing> BEGINNINGS =
      List.of(
          new Managing("new", PostgresSubscriptionInterleavingTest::append),
          new Managing(
              "with a letter",
              (on, id) -> {
                append(on, id);
                run(on, id);
                on.subscriptions().retryDeadLetter(id, positionOfBad(on, id));
                on.rawJournal().append(id, ExpectedSeq.any(), event());
              }),
          new Managing(
              "parking again",
              (on, id) -> {
                append(on, id);
                run(on, id);
                resetAndClear(on, id);
              }));

  private final Interleaving interleaving = new Interleaving();

  @BeforeEach
  void makeTable() {
    interleaving
        .another()
        .transaction(
            transaction ->
                DSL.using(transaction)
                    .createTable(COUNTS)
                    .columns(STREAM, COUNT)
                    .primaryKey(STREAM)
                    .execute());
  }

  @AfterEach
  void close() {
    interleaving.close();
  }

  @Test
  void whatever_is_asked_of_one_that_works_it_has_counted_each_event_once_at_the_end() {
    for (Managing beginning : BEGINNINGS) {
      for (Managing managing : MANAGING) {
        interleaving.tryEach(
            statement -> "%s, %s before %d".formatted(beginning.name(), managing.name(), statement),
            beginning.work(),
            PostgresSubscriptionInterleavingTest::run,
            managing.work());
      }
    }

    Daybook daybook = interleaving.another();
    List<SubscriptionInfo> all = daybook.subscriptions().list();
    assertThat(all).hasSizeGreaterThan(BEGINNINGS.size() * MANAGING.size());
    for (SubscriptionInfo info : all) {
      run(daybook, info.name());
      assertThat(counted(daybook, info.name()))
          .as(info.name())
          .containsExactly((int) daybook.rawJournal().highestSeq(info.name()) - 1);
    }
    assertThat(interleaving.deadlocks()).isZero();
  }

  private static void run(Daybook on, String id) {
    Subscriber<EncodedEvent> subscriber =
        Subscriber.of(
                id, on.rawJournal(), ExactlyOnce.each(PostgresSubscriptionInterleavingTest::count))
            .select(EventQuery.stream(id))
            .onFailure(OnFailure.park().withoutRetries());
    try (Subscription subscription = on.subscriptions().start(subscriber)) {
      Await.state(subscription, SubscriptionState.LIVE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void count(Configuration transaction, RecordedEvent<EncodedEvent> event) {
    DSL.using(transaction)
        .insertInto(COUNTS, STREAM, COUNT)
        .values(event.streamId(), 1)
        .onConflict(STREAM)
        .doUpdate()
        .set(COUNT, DSL.field(DSL.name("counts", "count"), Integer.class).plus(1))
        .execute();
    if (event.seq() == BAD) {
      throw new IllegalStateException("bad event");
    }
  }

  private static List<Integer> counted(Daybook daybook, String id) {
    return daybook.transactionResult(
        transaction ->
            DSL.using(transaction).select(COUNT).from(COUNTS).where(STREAM.eq(id)).fetch(COUNT));
  }

  private static void rebuild(Daybook on, String id) {
    on.subscriptions().rebuild(id, transaction -> clear(transaction, id));
  }

  private static void resetAndClear(Daybook on, String id) {
    on.transaction(
        transaction -> {
          on.within(transaction).checkpoints().reset(id, 0);
          clear(transaction, id);
        });
  }

  private static void clear(Configuration transaction, String id) {
    DSL.using(transaction).deleteFrom(COUNTS).where(STREAM.eq(id)).execute();
  }

  private static void append(Daybook on, String id) {
    for (int i = 0; i < EVENTS; i++) {
      on.rawJournal().append(id, ExpectedSeq.any(), event());
    }
  }

  private static EncodedEvent event() {
    return EncodedEvent.json("moved", "{}");
  }

  private static long positionOfBad(Daybook on, String id) {
    return on.rawJournal().read(EventQuery.stream(id)).get((int) BAD - 1).position();
  }
}
