package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.DatabaseException;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Subscriptions over a database whose every statement fails once, before or after it was run, a
 * commit whose answer is lost included.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionFaultTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int EVENTS = 5;
  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void exactly_once_stays_exactly_once(When when) throws Exception {
    boolean failed = true;
    int point = 0;
    while (failed) {
      point++;
      try (Store store = new Store(directory.resolve(when + "-" + point + ".db"))) {
        store.failing.failAt(point, when);
        AtomicInteger badOnce = new AtomicInteger(1);
        Subscriber<ParcelEvent> subscriber =
            Subscriber.of(
                    "parcels",
                    store.journal,
                    ExactlyOnce.<ParcelEvent>each(
                        (transaction, event) -> {
                          apply(transaction, event);
                          if (event.seq() == 3 && badOnce.get() > 0) {
                            throw new IllegalStateException("bad event");
                          }
                        }))
                .onFailure(OnFailure.park().withoutRetries());
        try (Subscription subscription = store.daybook.subscriptions().start(subscriber)) {
          assertThat(subscription.awaitPosition(EVENTS, LONG)).isTrue();
          badOnce.set(0);
          store.retryLetters();
        }
        failed = store.failing.disarm();
        assertThat(store.applied())
            .as("failed %s point %d", when, point)
            .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(store.position()).isEqualTo(EVENTS);
      }
    }
    assertThat(point).isGreaterThan(20);
    System.out.printf("fault injection: exactly once, %d failure points %s%n", point - 1, when);
  }

  @ParameterizedTest
  @EnumSource
  void at_least_once_misses_nothing(When when) throws Exception {
    boolean failed = true;
    int point = 0;
    while (failed) {
      point++;
      try (Store store = new Store(directory.resolve(when + "-" + point + ".db"))) {
        store.failing.failAt(point, when);
        List<Long> seen = new CopyOnWriteArrayList<>();
        try (Subscription subscription =
            store
                .daybook
                .subscriptions()
                .start(
                    Subscriber.of(
                        "parcels",
                        store.journal,
                        AtLeastOnce.each(event -> seen.add(event.seq()))))) {
          assertThat(subscription.awaitPosition(EVENTS, LONG)).isTrue();
        }
        failed = store.failing.disarm();
        assertThat(seen).as("failed %s point %d", when, point).contains(1L, 2L, 3L, 4L, 5L);
        assertThat(store.position()).isEqualTo(EVENTS);
      }
    }
    assertThat(point).isGreaterThan(8);
  }

  private static void apply(Configuration transaction, RecordedEvent<ParcelEvent> event) {
    DSL.using(transaction).insertInto(APPLIED, SEQ).values(event.seq()).execute();
  }

  /** A journal of a few events, and a table for what is applied. */
  private static final class Store implements AutoCloseable {

    final FailingDataSource failing;
    final Daybook daybook;
    final Journal<ParcelEvent> journal;

    Store(Path file) {
      failing = new FailingDataSource(SqliteDataSources.file(file));
      // No polling, whose statements would come in between.
      daybook = Daybook.builder(failing).pollInterval(Duration.ZERO).build();
      journal = daybook.journal(ParcelEvent.class);
      daybook.transaction(
          transaction -> DSL.using(transaction).createTable(APPLIED).columns(SEQ).execute());
      for (int leg = 1; leg <= EVENTS; leg++) {
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(leg));
      }
    }

    /** Asks until it was heard: the asking may be what fails. */
    void retryLetters() {
      Await.until(
          () -> {
            try {
              daybook
                  .subscriptions()
                  .deadLetters("parcels")
                  .forEach(
                      letter ->
                          daybook.subscriptions().retryDeadLetter("parcels", letter.position()));
              return daybook.subscriptions().deadLetters("parcels").isEmpty();
            } catch (DatabaseException e) {
              return false;
            }
          });
    }

    List<Long> applied() {
      return daybook.transactionResult(
          transaction ->
              new ArrayList<>(DSL.using(transaction).select(SEQ).from(APPLIED).fetch(SEQ)));
    }

    long position() {
      return daybook.subscriptions().find("parcels").orElseThrow().position();
    }

    @Override
    public void close() {
      daybook.close();
    }
  }
}
