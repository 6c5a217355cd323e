package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.DaybookException;
import dev.daybook.fixture.CrashingServer;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again while it is written and read: what was acknowledged is
 * there, and everybody goes on by himself once it is back.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledServerTest {

  private static final int ROUNDS = 4;
  private static final int WRITERS = 6;
  private static final int APPENDS_PER_ROUND = 300;
  private static final Duration LONG = Await.PATIENCE;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final long BEFORE_NEXT_TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<Long> NUMBER =
      DSL.field(DSL.name("number"), SQLDataType.BIGINT.identity(true));
  private static final Field<Long> POSITION = DSL.field(DSL.name("position"), SQLDataType.BIGINT);

  private final Map<String, List<Long>> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Long> handled = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  @Test
  void what_was_acknowledged_is_there_and_subscriptions_go_on() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (CrashingServer server = CrashingServer.start(directory);
        PostgresDatabase database = server.newDatabase();
        Daybook daybook = Daybook.builder(database.pool(WRITERS * 2)).build()) {
      makeTable(daybook);
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      try (Subscription each = start(daybook, "each", AtLeastOnce.each(this::handle));
          Subscription exactly =
              start(daybook, "exactly", ExactlyOnce.inBatches(20, this::apply))) {
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          String name = "writer-" + writer;
          writers.add(threads.submit(() -> write(journal, name)));
        }
        for (int round = 0; round < ROUNDS; round++) {
          killAndRestart(server, daybook);
        }
        awaitAppends(APPENDS_PER_ROUND);
        stop.set(true);
        for (Future<?> writer : writers) {
          assertThat(Await.result(writer)).isNull();
        }
        long last = journal.latestPosition();
        Await.position(each, last);
        Await.position(exactly, last);
      }
      check(daybook, journal.read(EventQuery.all()));
    } finally {
      stop.set(true);
      threads.shutdownNow();
      Await.until(threads::isTerminated);
    }
  }

  @Test
  void a_connection_that_is_lost_inside_a_handler_is_no_fault_of_the_event() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Daybook daybook = Daybook.builder(database.pool(WRITERS)).build()) {
      makeTable(daybook);
      long position = appendUntilDone(daybook);
      Delivery<ParcelEvent> delivery =
          ExactlyOnce.each(
              (transaction, event) -> {
                apply(transaction, List.of(event));
                if (killed.compareAndSet(false, true)) {
                  transaction.dsl().fetch("select pg_terminate_backend(pg_backend_pid())");
                }
              });
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of("killed", daybook.journal(ParcelEvent.class), delivery)
                      .onFailure(OnFailure.park().withoutRetries()))) {
        Await.position(subscription, position);
      }
      assertThat(killed).isTrue();
      assertThat(applied(daybook)).containsExactly(position);
      assertThat(daybook.subscriptions().deadLetters()).isEmpty();
    }
  }

  private void killAndRestart(CrashingServer server, Daybook daybook) throws Exception {
    awaitAppends(APPENDS_PER_ROUND);
    long saved = savedPosition(daybook);
    server.kill();
    long highest = Math.max(saved, highestAcknowledged());
    server.restart();
    assertThat(savedPosition(daybook)).as("saved before and after").isGreaterThanOrEqualTo(saved);
    assertThat(appendUntilDone(daybook)).as("the next position").isGreaterThan(highest);
  }

  private static void makeTable(Daybook daybook) {
    daybook.transaction(
        tx -> DSL.using(tx).createTable(APPLIED).columns(NUMBER, POSITION).execute());
  }

  private static long appendUntilDone(Daybook daybook) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    return untilDone(
        () -> journal.append("marks", ExpectedSeq.any(), ParcelEvent.delivered()).position());
  }

  /** The higher of what both subscriptions have saved. */
  private static long savedPosition(Daybook daybook) {
    return untilDone(
        () ->
            daybook.subscriptions().list().stream()
                .mapToLong(SubscriptionInfo::position)
                .max()
                .orElse(0));
  }

  private static long untilDone(LongSupplier work) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      try {
        return work.getAsLong();
      } catch (DaybookException e) {
        assertThat(System.nanoTime()).as(e.toString()).isLessThan(deadline);
        LockSupport.parkNanos(BEFORE_NEXT_TRY_NANOS);
      }
    }
  }

  private long highestAcknowledged() {
    return acknowledged.values().stream()
        .flatMap(List::stream)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private void awaitAppends(int more) {
    int before = acknowledged.size();
    Await.until(() -> acknowledged.size() >= before + more);
  }

  /** Appends one event after the other, each with an id of its own, and tries none again. */
  private void write(Journal<ParcelEvent> journal, String name) {
    for (int i = 0; !stop.get(); i++) {
      String id = name + " " + i;
      try {
        acknowledged.put(id, append(journal, name, id));
      } catch (DaybookException e) {
        unknown.add(id);
        LockSupport.parkNanos(BEFORE_NEXT_TRY_NANOS);
      }
    }
  }

  private static List<Long> append(Journal<ParcelEvent> journal, String name, String id) {
    List<Append<ParcelEvent>> appends = new ArrayList<>();
    for (int copy = 0; copy < copies(id); copy++) {
      appends.add(Append.of(name + "-" + copy, ExpectedSeq.any(), ParcelEvent.posted(id)));
    }
    return journal.appendAll(appends).stream()
        .flatMap(List::stream)
        .map(RecordedEvent::position)
        .toList();
  }

  /** To how many streams an event is appended at once. */
  private static int copies(String id) {
    return id.endsWith("0") ? 2 : 1;
  }

  private Subscription start(Daybook daybook, String name, Delivery<ParcelEvent> delivery) {
    return daybook
        .subscriptions()
        .start(Subscriber.of(name, daybook.journal(ParcelEvent.class), delivery).lease(LEASE));
  }

  private void handle(RecordedEvent<ParcelEvent> event) {
    handled.add(event.position());
  }

  private void apply(Configuration transaction, List<RecordedEvent<ParcelEvent>> events) {
    for (RecordedEvent<ParcelEvent> event : events) {
      transaction.dsl().insertInto(APPLIED, POSITION).values(event.position()).execute();
    }
  }

  private void check(Daybook daybook, List<RecordedEvent<ParcelEvent>> events) {
    Map<String, Long> lengths = new HashMap<>();
    Map<String, List<Long>> found = new HashMap<>();
    for (RecordedEvent<ParcelEvent> event : events) {
      assertThat(event.seq()).isEqualTo(lengths.merge(event.streamId(), 1L, Long::sum));
      if (event.data() instanceof ParcelEvent.Posted posted) {
        found.computeIfAbsent(posted.sender(), id -> new ArrayList<>()).add(event.position());
      }
    }
    assertThat(found).as("what was acknowledged").containsAllEntriesOf(acknowledged);
    found.keySet().removeAll(acknowledged.keySet());
    assertThat(unknown).as("what was not").isNotEmpty().containsAll(found.keySet());
    found.forEach((id, positions) -> assertThat(positions).as(id).hasSize(copies(id)));
    List<Long> all = events.stream().map(RecordedEvent::position).toList();
    assertThat(handled.stream().distinct().toList()).as("at least once").isEqualTo(all);
    assertThat(applied(daybook)).as("exactly once").isEqualTo(all);
  }

  private static List<Long> applied(Daybook daybook) {
    return daybook.transactionResult(
        tx -> tx.dsl().select(POSITION).from(APPLIED).orderBy(NUMBER).fetch(POSITION));
  }
}
