package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.settings.TableNames;
import dev.daybook.transaction.TransactionWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From a Daybook that has touched nothing to one that is closed, and what remains of it. */
public abstract class LifecycleConformance extends JournalConformance {

  protected LifecycleConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void nothing_is_touched_before_the_first_use() throws IOException {
    Daybook unused = open(options -> {});
    unused.journal(ParcelEvent.class);
    unused.rawJournal();
    unused.journal(ParcelEvent.class).onAppend(it -> {});
    unused.close();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_daybook_that_was_never_used_can_be_closed_and_not_used_afterwards() throws IOException {
    daybook.close();
    daybook.close();

    assertThatThrownBy(() -> appendMoves("a", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> daybook.schemaVersion()).isInstanceOf(ClosedException.class);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void closing_twice_does_nothing() {
    appendMoves("a", 1);

    daybook.close();
    daybook.close();

    assertThatThrownBy(this::everything).isInstanceOf(ClosedException.class);
  }

  /** Where there is one connection, the close waits for who reads. */
  @Test
  void a_daybook_is_closed_while_one_state_of_it_is_read() throws Exception {
    appendMoves("a", 5);
    try (Stream<?> first = journal.stream(EventQuery.all());
        Stream<?> second = journal.stream(EventQuery.all())) {
      // So that there is more than one connection to be closed.
      first.iterator().next();
      second.iterator().next();
    }
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Thread closer =
        new Thread(
            () -> {
              try {
                daybook.close();
                closed.complete(null);
              } catch (Throwable e) {
                closed.completeExceptionally(e);
              }
            });
    VerifyOptions options =
        VerifyOptions.defaults()
            .withProgress(
                (step, done, total) -> {
                  if (closer.getState() == Thread.State.NEW) {
                    closer.start();
                    Await.until(() -> closed.isDone() || isWaiting(closer));
                  }
                });

    Throwable failure = catchThrowable(() -> daybook.maintenance().verify(options));

    Await.result(closed);
    if (failure != null) {
      assertThat(failure).isInstanceOf(ClosedException.class);
    }
    assertThatThrownBy(this::everything).isInstanceOf(ClosedException.class);
  }

  /** Its work is stuck outside of the database; whoever waits for it ends, too. */
  @Test
  void a_transaction_that_does_not_end_is_broken_off_by_the_close() throws Exception {
    appendMoves("a", 1);
    CompletableFuture<Throwable> read = new CompletableFuture<>();
    CompletableFuture<Throwable> write = new CompletableFuture<>();

    List<FutureTask<Throwable>> ended =
        closeDuring(
            transaction -> {
              read.complete(catchThrowable(() -> transaction.dsl().selectOne().fetch()));
              write.complete(
                  catchThrowable(
                      () ->
                          journal
                              .within(transaction)
                              .append("a", ExpectedSeq.exactly(2), moved(3))));
            });

    assertThat(read.get()).isInstanceOf(ClosedException.class);
    assertThat(write.get()).isInstanceOf(ClosedException.class);
    assertThat(ended.get(0).get()).isInstanceOf(ClosedException.class);
    Throwable afterwards = ended.get(1).get();
    if (afterwards != null) {
      assertThat(afterwards).isInstanceOf(DaybookException.class);
    }
    if (database.isShared()) {
      openWith(options -> {});
      List<ParcelEvent> stored = readStream("a").stream().map(RecordedEvent::data).toList();
      assertThat(stored).contains(moved(1)).doesNotContain(moved(2), moved(3));
      // On a server one that fails may have been committed all the same.
      assertThat(stored.contains(moved(4)) || afterwards != null).isTrue();
    }
  }

  @Test
  void work_that_ends_after_the_close_has_broken_its_transaction_off_is_not_committed()
      throws Exception {
    appendMoves("a", 1);

    List<FutureTask<Throwable>> ended = closeDuring(transaction -> {});

    assertThat(ended.get(0).get()).isInstanceOf(ClosedException.class);
    openWith(options -> {});
    assertThat(everything()).extracting(RecordedEvent::data).doesNotContain(moved(2));
  }

  /**
   * Closes while a transaction is under way and an append waits for it, and then lets that go on.
   *
   * @return the transaction and the append
   */
  private List<FutureTask<Throwable>> closeDuring(TransactionWork<RuntimeException> rest)
      throws Exception {
    CompletableFuture<Void> inside = new CompletableFuture<>();
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    FutureTask<Throwable> transaction =
        failureOf(
            () ->
                daybook.transaction(
                    tx -> {
                      journal.within(tx).append("a", ExpectedSeq.exactly(1), moved(2));
                      inside.complete(null);
                      letGo.join();
                      rest.run(tx);
                    }));
    FutureTask<Throwable> waiting =
        failureOf(() -> journal.append("a", ExpectedSeq.any(), moved(4)));
    FutureTask<Throwable> closing = failureOf(daybook::close);
    try {
      start(transaction);
      inside.join();
      Thread waiter = start(waiting);
      Await.until(() -> isWaiting(waiter) || database.writesInParallel());
      start(closing);
      Await.until(() -> closing.isDone() && waiting.isDone());
    } finally {
      letGo.complete(null);
    }
    assertThat(closing.get()).isNull();
    Await.until(transaction::isDone);
    return List.of(transaction, waiting);
  }

  private static FutureTask<Throwable> failureOf(ThrowingCallable work) {
    return new FutureTask<>(() -> catchThrowable(work));
  }

  private static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      default -> false;
    };
  }

  @Test
  void every_method_says_that_the_daybook_is_closed() {
    appendMoves("a", 1);
    Journal<?> raw = journal.raw();
    daybook.close();

    Map<String, ThrowingCallable> uses = new LinkedHashMap<>();
    uses.put("append", () -> journal.append("a", ExpectedSeq.any(), moved(1)));
    uses.put("append many", () -> journal.append(Append.of("a", ExpectedSeq.any(), moves(2))));
    uses.put(
        "append all",
        () -> journal.appendAll(List.of(Append.of("a", ExpectedSeq.any(), moves(2)))));
    uses.put(
        "append of nothing", () -> journal.append(Append.of("a", ExpectedSeq.any(), List.of())));
    uses.put("read", () -> journal.read(EventQuery.all()));
    uses.put("read a stream", () -> journal.read(EventQuery.stream("a").ofTypes("Moved")));
    uses.put("stream", () -> countStreamed(EventQuery.stream("a")));
    uses.put("highest seq", () -> journal.highestSeq("a"));
    uses.put("latest position", () -> journal.latestPosition());
    uses.put("stream ids", () -> streamIds(""));
    uses.put("page of stream ids", () -> journal.streamIds("", "", 1));
    uses.put("delete", () -> journal.delete("a", 1));
    uses.put("raise", () -> journal.raiseHighWaterMark("b", 1));
    uses.put("stats", () -> journal.stats());
    uses.put("listener", () -> journal.onAppend(it -> {}));
    uses.put("raw", () -> raw.read(EventQuery.all()));
    uses.put("another journal", () -> daybook.rawJournal().latestPosition());
    uses.put("transaction", () -> daybook.transaction(transaction -> {}));
    uses.put("schema version", () -> daybook.schemaVersion());

    uses.forEach(
        (name, use) -> assertThatThrownBy(use).as(name).isInstanceOf(ClosedException.class));
  }

  @Test
  void no_thread_outlives_a_daybook() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

    appendMoves("a", 100);
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      assertThat(events.iterator().next().seq()).isEqualTo(1);
    }
    daybook.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .filteredOn(thread -> thread.getThreadGroup() == Thread.currentThread().getThreadGroup())
        .filteredOn(thread -> !database.hasThread(thread))
        .isEmpty();
  }

  @Test
  void no_file_beside_the_database_outlives_a_daybook() throws IOException {
    appendMoves("a", 100);
    everything();

    daybook.close();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(database.files());
    }
  }

  @Test
  void everything_is_there_again_after_reopening_if_the_database_outlives_its_daybook() {
    List<NewEvent<ParcelEvent>> events = moves(3);
    events.add(NewEvent.of(moved(4)).tagged("t").withMetadata(Metadata.of("k", "v")));
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), events).withIdempotencyKey("key");
    List<RecordedEvent<ParcelEvent>> recorded = journal.append(append);
    appendMoves("gone", 2);
    journal.delete("gone", 2);
    JournalStats before = journal.stats();

    openWith(options -> {});

    if (database.isShared()) {
      assertThat(everything()).isEqualTo(recorded);
      assertThat(journal.stats()).isEqualTo(before);
      assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).isEqualTo(recorded.subList(3, 4));
      assertThat(journal.append(append)).isEqualTo(recorded);
      assertThat(journal.append("gone", ExpectedSeq.exactly(2), moved(3)).seq()).isEqualTo(3);
      assertThat(journal.latestPosition()).as("positions go on").isGreaterThan(6);
    } else {
      assertThat(everything()).isEmpty();
      assertThat(journal.streamIds("", "", 10)).isEmpty();
    }
  }

  @Test
  void two_daybooks_see_each_others_events_if_they_share_a_database() {
    Journal<ParcelEvent> other = open(options -> {}).journal(ParcelEvent.class);
    appendMoves("a", 1);

    if (database.isShared()) {
      assertThat(other.append("a", ExpectedSeq.exactly(1), moved(2)).seq()).isEqualTo(2);
      assertThat(readStream("a")).isEqualTo(other.read(EventQuery.stream("a"))).hasSize(2);
    } else {
      assertThat(other.append("a", ExpectedSeq.noStream(), moved(2)).seq()).isEqualTo(1);
      assertThat(readStream("a")).hasSize(1);
    }
  }

  @Test
  void stores_under_different_table_names_do_not_see_each_other() {
    Journal<ParcelEvent> other =
        open(options -> options.tables(TableNames.prefixed("other_"))).journal(ParcelEvent.class);
    appendMoves("a", 2);

    assertThat(other.append("a", ExpectedSeq.noStream(), moved(1)).seq()).isEqualTo(1);
    other.delete("a", 1);

    assertThat(readStream("a")).hasSize(2);
    assertThat(other.read(EventQuery.all())).isEmpty();
  }

  @Test
  void several_daybooks_can_open_a_new_database_at_the_same_moment() {
    List<Journal<ParcelEvent>> journals =
        Stream.generate(() -> open(options -> {}).journal(ParcelEvent.class)).limit(6).toList();

    List<Outcome<Long>> outcomes =
        ConcurrentRendezvous.collide(
            6, i -> () -> journals.get(i).append("a", ExpectedSeq.any(), moved(i)).seq());

    List<Long> seqs = outcomes.stream().map(Outcome::orThrow).sorted().toList();
    assertThat(seqs)
        .isEqualTo(
            database.isShared()
                ? List.of(1L, 2L, 3L, 4L, 5L, 6L)
                : List.of(1L, 1L, 1L, 1L, 1L, 1L));
  }

  @Test
  void several_threads_can_make_the_first_use_of_a_daybook_at_the_same_moment() {
    List<Outcome<Long>> outcomes =
        ConcurrentRendezvous.collide(
            8, i -> () -> journal.append("a", ExpectedSeq.any(), moved(i)).seq());

    assertThat(outcomes.stream().map(Outcome::orThrow).sorted())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void closing_while_others_append_and_read_loses_nothing_that_was_acknowledged() {
    appendMoves("a", 1);
    Callable<Integer> appending =
        () -> {
          int acknowledged = 0;
          try {
            while (acknowledged < 1_000_000) {
              journal.append("a", ExpectedSeq.any(), moved(1));
              acknowledged++;
            }
          } catch (ClosedException e) {
            return acknowledged;
          }
          return -1;
        };
    Callable<Integer> reading =
        () -> {
          try {
            while (!readStream("a").isEmpty()) {
              Thread.onSpinWait();
            }
          } catch (ClosedException e) {
            return 0;
          }
          return -1;
        };
    Callable<Integer> closing =
        () -> {
          while (journal.highestSeq("a") < 20) {
            Thread.onSpinWait();
          }
          daybook.close();
          return 1;
        };

    List<Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(List.of(appending, appending, reading, reading, closing));

    int acknowledged = outcomes.stream().mapToInt(Outcome::orThrow).sum();
    assertThat(outcomes).extracting(Outcome::orThrow).doesNotContain(-1);
    openWith(options -> {});
    assertThat(journal.highestSeq("a")).isEqualTo(database.isShared() ? acknowledged : 0);
  }
}
