package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.DatabaseException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A subscription's life, with each of its statements that write failed in turn, before and after it
 * was run, as when the answer to a commit is lost.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionFaultsTest {

  private static final int EVENTS = 5;
  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<String> RUN = DSL.field(DSL.name("run"), SQLDataType.VARCHAR);
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);

  @TempDir private Path directory;
  private FailingDataSource dataSource;
  private Daybook daybook;
  private Journal<ParcelEvent> journal;
  private long last;

  @BeforeEach
  void open() {
    dataSource = new FailingDataSource(SqliteDataSources.file(directory.resolve("faults.db")));
    daybook = Daybook.builder(dataSource).pollInterval(Duration.ZERO).build();
    journal = daybook.journal(ParcelEvent.class);
    daybook.transaction(
        transaction -> DSL.using(transaction).createTable(APPLIED).columns(RUN, SEQ).execute());
    journal.append(
        Append.of(
            "a",
            ExpectedSeq.noStream(),
            LongStream.rangeClosed(1, EVENTS)
                .mapToObj(leg -> NewEvent.of(ParcelEvent.moved((int) leg)))
                .toList()));
    last = journal.latestPosition();
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @ParameterizedTest
  @EnumSource
  void exactly_once_is_once_whichever_statement_fails(When when) throws Exception {
    int n = 0;
    boolean failed;
    do {
      n++;
      String name = "run-" + n;
      dataSource.failAt(n, when);
      failed =
          runToTheEnd(
              Subscriber.of(
                  name,
                  journal,
                  ExactlyOnce.inBatches(
                      2, (transaction, events) -> apply(transaction, name, events))));
      assertThat(applied(name)).as("failed at %d", n).isEqualTo(all());
    } while (failed);
    assertThat(n).as("statements that were failed").isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource
  void at_least_once_misses_nothing_whichever_statement_fails(When when) throws Exception {
    int n = 0;
    boolean failed;
    do {
      n++;
      List<Long> handled = new CopyOnWriteArrayList<>();
      dataSource.failAt(n, when);
      failed =
          runToTheEnd(
              Subscriber.of(
                  "run-" + n, journal, AtLeastOnce.each(event -> handled.add(event.seq()))));
      assertThat(handled.stream().distinct().toList()).as("failed at %d", n).isEqualTo(all());
    } while (failed);
    assertThat(n).as("statements that were failed").isGreaterThan(8);
  }

  @ParameterizedTest
  @EnumSource
  void a_bad_event_is_parked_and_the_others_applied_whichever_statement_fails(When when)
      throws Exception {
    int n = 0;
    boolean failed;
    do {
      n++;
      String name = "run-" + n;
      dataSource.failAt(n, when);
      failed =
          runToTheEnd(
              Subscriber.of(
                      name,
                      journal,
                      ExactlyOnce.each(
                          (transaction, event) -> {
                            if (event.seq() == 3) {
                              throw new IllegalStateException("bad event");
                            }
                            apply(transaction, name, List.of(event));
                          }))
                  .onFailure(OnFailure.park().retries(1, Duration.ZERO, Duration.ZERO)));
      assertThat(applied(name)).as("failed at %d", n).containsExactly(1L, 2L, 4L, 5L);
      assertThat(daybook.subscriptions().deadLetters(name)).hasSize(1);
    } while (failed);
    assertThat(n).as("statements that were failed").isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource
  void a_dead_letter_that_is_retried_is_applied_once_whichever_statement_fails(When when)
      throws Exception {
    int n = 0;
    boolean failed;
    do {
      n++;
      String name = "run-" + n;
      AtomicBoolean bad = new AtomicBoolean(true);
      Subscriber<ParcelEvent> subscriber =
          Subscriber.of(
                  name,
                  journal,
                  ExactlyOnce.each(
                      (transaction, event) -> {
                        if (event.seq() == 3 && bad.get()) {
                          throw new IllegalStateException("bad event");
                        }
                        apply(transaction, name, List.of(event));
                      }))
              .onFailure(OnFailure.park().withoutRetries());
      runToTheEnd(subscriber);
      bad.set(false);
      dataSource.failAt(n, when);
      try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
        assertThat(subscription.name()).isEqualTo(name);
        Await.until(() -> retried(name));
      }
      failed = dataSource.disarm();
      assertThat(applied(name)).as("failed at %d", n).containsExactlyInAnyOrderElementsOf(all());
    } while (failed);
    assertThat(n).as("statements that were failed").isGreaterThan(10);
  }

  /** Asks until there is nothing left: the asking, or the retry, may be what fails. */
  private boolean retried(String name) {
    try {
      List<DeadLetter> letters = daybook.subscriptions().deadLetters(name);
      letters.forEach(letter -> daybook.subscriptions().retryDeadLetter(name, letter.position()));
      return letters.isEmpty();
    } catch (DatabaseException e) {
      return false;
    }
  }

  /** Says whether a statement was failed. */
  private boolean runToTheEnd(Subscriber<ParcelEvent> subscriber) throws InterruptedException {
    Subscriber<ParcelEvent> impatient = subscriber.lease(Duration.ofMillis(500));
    try (Subscription subscription = daybook.subscriptions().start(impatient)) {
      Await.position(subscription, last);
    }
    return dataSource.disarm();
  }

  private static void apply(
      Configuration transaction, String run, List<RecordedEvent<ParcelEvent>> events) {
    for (RecordedEvent<ParcelEvent> event : events) {
      DSL.using(transaction).insertInto(APPLIED, RUN, SEQ).values(run, event.seq()).execute();
    }
  }

  private List<Long> applied(String run) {
    return daybook.transactionResult(
        transaction ->
            DSL.using(transaction).select(SEQ).from(APPLIED).where(RUN.eq(run)).fetch(SEQ));
  }

  private static List<Long> all() {
    return LongStream.rangeClosed(1, EVENTS).boxed().toList();
  }
}
