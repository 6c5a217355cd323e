package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.DaybookStore;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.StartFrom;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Calls that end by their deadline, or when their thread is interrupted, and say what became. */
public abstract class DeadlineConformance extends BoundedCallsConformance {

  protected DeadlineConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_deadline_is_longer_than_nothing() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> daybook.withDeadline(none))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(none.toString());
    }
    assertThat(daybook.withDeadline(Duration.ofSeconds(Long.MAX_VALUE)).rawJournal().stats())
        .isEqualTo(journal.stats());
  }

  @Test
  void calls_that_have_time_do_what_they_do_without_a_deadline() {
    DaybookStore bounded = daybook.withDeadline(LATE);
    Content before = content();

    reads(bounded).forEach((name, read) -> assertThat(catchThrowable(read)).as(name).isNull());
    writes(bounded).forEach((name, write) -> assertThat(catchThrowable(write)).as(name).isNull());

    assertThat(content()).isNotEqualTo(before);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void whoever_holds_the_database_is_waited_for_until_the_deadline() throws Exception {
    Content before = content();

    try (Hold hold = hold()) {
      assertEnd(writes(daybook.withDeadline(SOON)), DeadlineException.class);
      if (hold.holdsReaders()) {
        assertEnd(reads(daybook.withDeadline(SOON)), DeadlineException.class);
      } else {
        reads(daybook.withDeadline(LATE))
            .forEach((name, read) -> assertThat(catchThrowable(read)).as(name).isNull());
      }
    }

    assertThat(content()).isEqualTo(before);
    appendMoves("a", 1);
  }

  private static void assertEnd(
      Map<String, ThrowingCallable> calls, Class<? extends Throwable> failure) {
    calls.forEach((name, call) -> assertThat(catchThrowable(call)).as(name).isInstanceOf(failure));
  }

  @Test
  void another_process_is_waited_for_until_the_deadline() throws Exception {
    Content before = content();
    try (Hold hold = holdByOtherConnection()) {
      if (database.isShared()) {
        assertEnd(writes(daybook.withDeadline(SOON)), DeadlineException.class);
      }
      assertThat(hold.holdsReaders()).isEqualTo(database.writesInParallel());
    }
    assertThat(content()).isEqualTo(before);
    appendMoves("a", 1);
  }

  @Test
  void a_statement_that_takes_long_is_cancelled() {
    daybook.checkpoints().save("slow", 1);
    makeSlow();
    DaybookStore bounded = daybook.withDeadline(SOON);

    assertThatThrownBy(() -> bounded.checkpoints().save("slow", 2))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("PT0.03S")
        .hasMessageContaining("nothing was written");
    assertThatThrownBy(() -> bounded.checkpoints().reset("slow", 2))
        .isInstanceOf(DeadlineException.class);
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      bounded.journal(ParcelEvent.class).within(transaction);
                      bounded.checkpoints().within(transaction).save("slow", 2);
                    }))
        .isInstanceOf(DeadlineException.class);

    run("drop table checkpoints_slow");
    appendMoves("a", 1);
    assertThat(daybook.checkpoints().load("slow").orElseThrow().position()).isEqualTo(1);
  }

  @Test
  void an_interrupt_ends_a_statement_that_has_a_deadline() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    openWith(
        options ->
            options.sqlListener(
                sql -> {
                  if (sql.contains("checkpoints")) {
                    running.countDown();
                  }
                }));
    makeSlow();
    InterruptedCall saving =
        new InterruptedCall(() -> daybook.withDeadline(LATE).checkpoints().save("slow", 2));
    running.await();

    saving.interrupt();

    saving.assertEndsWith(WaitInterruptedException.class);
    assertThat(daybook.checkpoints().load("slow")).isEmpty();
  }

  @Test
  void a_call_that_does_not_wait_is_not_ended_by_an_interrupt_before_it() {
    Thread.currentThread().interrupt();
    appendMoves("b", 1);
    daybook.checkpoints().save("c", 2);
    daybook.documents().append("d", Entry.since(EntryData.json("{}"), "v"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(readStream("b")).hasSize(1);
  }

  @Test
  void a_stream_has_its_time_for_each_row_and_not_for_all() {
    appendMoves("long", 5_000);
    try (Stream<?> events =
        daybook.withDeadline(LATE).rawJournal().stream(EventQuery.stream("long"))) {
      assertThat(events).hasSize(5_000);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // What counts a stream closes it.
  private static Map<String, ThrowingCallable> reads(DaybookStore repositories) {
    Journal<ParcelEvent> journal = repositories.journal(ParcelEvent.class);
    SnapshotStore<String> snapshots = repositories.snapshots(String.class);
    DocumentStore documents = repositories.documents();
    Map<String, ThrowingCallable> reads = new LinkedHashMap<>();
    reads.put("read", () -> journal.read(EventQuery.stream("a")));
    reads.put("read all", () -> journal.read(EventQuery.all()));
    reads.put("raw read", () -> journal.raw().read(EventQuery.all()));
    reads.put("stream", () -> count(journal.stream(EventQuery.stream("a"))));
    reads.put("count", () -> journal.count(EventQuery.all()));
    reads.put("highestSeq", () -> journal.highestSeq("a"));
    reads.put("latestPosition", journal::latestPosition);
    reads.put("stats", journal::stats);
    reads.put("streamIds", () -> count(journal.streamIds("")));
    reads.put("loadLatest", () -> snapshots.loadLatest("a"));
    reads.put("listAll", () -> count(snapshots.listAll()));
    reads.put("currentMeta", () -> documents.currentMeta("d"));
    reads.put("loadAll", () -> count(documents.loadAll("d")));
    reads.put("listDocIds", () -> documents.listDocIds("", "", 10));
    reads.put("load", () -> repositories.checkpoints().load("c"));
    reads.put("list", () -> repositories.checkpoints().list());
    reads.put("status", () -> repositories.streams().status("a"));
    reads.put("list subscriptions", () -> repositories.subscriptions().list());
    reads.put("find a subscription", () -> repositories.subscriptions().find("c"));
    reads.put("dead letters", () -> repositories.subscriptions().deadLetters());
    reads.put("verify", () -> repositories.maintenance().verify());
    reads.put("totals", () -> repositories.maintenance().totals());
    reads.put("count types", () -> count(repositories.maintenance().typeCounts()));
    reads.put("count tags", () -> count(repositories.maintenance().tagCounts()));
    reads.put(
        "copy",
        () -> {
          try (Daybook target = Daybook.inMemory()) {
            repositories.copyTo(target);
          }
        });
    return reads;
  }

  private static long count(Stream<?> stream) {
    try (stream) {
      return stream.count();
    }
  }

  /** The order matters if all are done. */
  static Map<String, ThrowingCallable> writes(DaybookStore repositories) {
    Journal<ParcelEvent> journal = repositories.journal(ParcelEvent.class);
    SnapshotStore<String> snapshots = repositories.snapshots(String.class);
    DocumentStore documents = repositories.documents();
    Map<String, ThrowingCallable> writes = new LinkedHashMap<>();
    writes.put("append", () -> journal.append("a", ExpectedSeq.any(), moved(1)));
    writes.put(
        "append tagged",
        () ->
            journal.append(
                Append.of("b", ExpectedSeq.any(), List.of(NewEvent.of(moved(1)).tagged("t")))));
    writes.put(
        "append to two",
        () ->
            journal.appendAll(
                List.of(
                    Append.of("e", ExpectedSeq.any(), moved(1)),
                    Append.of("f", ExpectedSeq.any(), moved(1)))));
    writes.put("append raw", () -> journal.raw().append("a", ExpectedSeq.any(), EVENT));
    writes.put(
        "append with payload options",
        () -> journal.with(PayloadOptions.plain()).append("a", ExpectedSeq.any(), moved(1)));
    writes.put("delete events", () -> journal.delete("a", 1));
    writes.put("raise", () -> journal.raiseHighWaterMark("g", 7));
    writes.put("save a snapshot", () -> snapshots.save("a", 2, "state"));
    writes.put("delete a snapshot", () -> snapshots.delete("a", 1));
    writes.put("invalidate", snapshots::invalidateAll);
    writes.put("append a record", () -> documents.append("e", META));
    writes.put("replace", () -> documents.replace("d", List.of(META)));
    writes.put("delete a document", () -> documents.delete("d"));
    writes.put("save a checkpoint", () -> repositories.checkpoints().save("c", 2));
    writes.put("reset", () -> repositories.checkpoints().reset("c", 1));
    writes.put("pause", () -> repositories.subscriptions().pause("c"));
    writes.put("resume", () -> repositories.subscriptions().resume("c"));
    writes.put("release", () -> repositories.subscriptions().release("c"));
    writes.put(
        "reset a subscription",
        () -> repositories.subscriptions().reset("c", StartFrom.beginning()));
    writes.put("rebuild", () -> repositories.subscriptions().rebuild("c", transaction -> {}));
    writes.put("retry a dead letter", () -> repositories.subscriptions().retryDeadLetter("c", 1));
    writes.put("drop a dead letter", () -> repositories.subscriptions().dropDeadLetter("c", 1));
    writes.put("delete a checkpoint", () -> repositories.checkpoints().delete("c"));
    writes.put(
        "transaction",
        () ->
            repositories.transaction(
                transaction -> repositories.within(transaction).checkpoints().save("c", 3)));
    writes.put(
        "transaction by jOOQ",
        () ->
            repositories.transactionResult(
                transaction ->
                    DSL.using(transaction)
                        .execute("delete from checkpoints where consumer = 'nobody'")));
    writes.put(
        "bulk load",
        () ->
            journal
                .bulkLoad("load")
                .append(List.of(Append.of("l", ExpectedSeq.any(), moved(1))), 1, "note"));
    writes.put("archive", () -> repositories.streams().archive("a"));
    writes.put("restore", () -> repositories.streams().restore("archived"));
    writes.put("tombstone", () -> repositories.streams().tombstone("a", "reason"));
    writes.put("delete a stream", () -> repositories.streams().delete("archived"));
    return writes;
  }

  /** Something holds the database, until this is closed. */
  private interface Hold extends AutoCloseable {
    boolean holdsReaders();

    @Override
    void close();
  }

  private Hold hold() throws Exception {
    if (database.writesInParallel()) {
      return holdByOtherConnection();
    }
    Convoy convoy = new Convoy(daybook);
    return new Hold() {
      @Override
      public boolean holdsReaders() {
        return !database.isShared();
      }

      @Override
      public void close() {
        convoy.release();
      }
    };
  }

  private Hold holdByOtherConnection() throws Exception {
    Connection connection = database.callersDataSource().getConnection();
    boolean server = database.writesInParallel();
    String hold =
        server
            ? "lock table events, events_tags, streams, snapshots, doc_meta, doc_records, checkpoints, dead_letters, loads in access exclusive mode"
            : "begin immediate";
    connection.setAutoCommit(!server);
    execute(connection, hold);
    return new Hold() {
      @Override
      public boolean holdsReaders() {
        return server;
      }

      @Override
      public void close() {
        try (connection) {
          execute(connection, "rollback");
          connection.setAutoCommit(true);
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
