package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;

/**
 * Transactions that are stepped through, and readers that stop before what is not committed yet, on
 * PostgreSQL.
 */
abstract class HeldBackReaders extends JournalConformance {

  private static final String TAG = "parcel";
  static final Duration LONG = Await.PATIENCE;
  static final String PREFIX = "s-";
  static final String FOLLOWER = "follower";
  final List<Long> handled = new CopyOnWriteArrayList<>();
  final List<Long> news = new CopyOnWriteArrayList<>();
  DSLContext callers = DSL.using(SQLDialect.POSTGRES);

  HeldBackReaders() {
    super(directory -> new PostgresFixture());
  }

  @BeforeEach
  void connectCallers() {
    callers = DSL.using(database.callersDataSource(), SQLDialect.POSTGRES);
  }

  SteppedTransaction begin() {
    return SteppedTransaction.begin(database.callersDataSource());
  }

  long append(String name) {
    return append(journal, name);
  }

  long append(Configuration transaction, String name) {
    return append(journal.within(transaction), name);
  }

  static long append(Journal<ParcelEvent> to, String name) {
    NewEvent<ParcelEvent> event = NewEvent.of(moved(1)).tagged(TAG);
    return to.append(Append.of(PREFIX + name, ExpectedSeq.any(), List.of(event))).get(0).position();
  }

  List<Long> readOn(long after) {
    return new ArrayList<>(positions(journal.read(EventQuery.all().after(after))));
  }

  List<Long> seenBy(SteppedTransaction transaction, EventQuery query) throws Exception {
    return transaction.run(tx -> positions(journal.within(tx).read(query)));
  }

  void assertReadersSee(long... expected) {
    List<Long> visible = LongStream.of(expected).boxed().toList();
    for (JournalQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAllOf(TAG),
            EventQuery.all().taggedAnyOf(TAG, "other"),
            EventQuery.all().taggedNoneOf("other"),
            EventQuery.all().inStreams(PREFIX))) {
      assertThat(positions(journal.read(query))).as(query.toString()).isEqualTo(visible);
    }
    assertThat(journal.latestPosition())
        .isEqualTo(visible.isEmpty() ? 0L : visible.get(visible.size() - 1));
  }

  /** A subscription, and a listener to news. */
  Subscription follow() {
    daybook.notifier().onNews(news::add);
    return daybook
        .subscriptions()
        .start(
            Subscriber.of(
                FOLLOWER, journal, AtLeastOnce.each(event -> handled.add(event.position()))));
  }

  void assertHandled(Subscription subscription, long... expected) throws Exception {
    Await.position(subscription, expected[expected.length - 1]);
    assertThat(handled).isEqualTo(LongStream.of(expected).boxed().toList());
  }

  long number(String sql, QueryPart... parts) {
    return Objects.requireNonNull(callers.resultQuery(sql, parts).fetchSingle(0, Long.class));
  }
}
