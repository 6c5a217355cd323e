package dev.daybook.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Records that meet those of another transaction, where several can write at a time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresDocumentTest {

  private static final int CALLERS = 16;
  private static final int APPENDS = 20;
  private static final int ROUNDS = 25;

  /** What another thread does before the next statement that begins like this. */
  private record Meeting(String statement, Runnable work) {}

  private static final Meta META =
      new Meta(
          new ReplicaType("account", 1, 0), new SyncMode("concurrent", "none", "durable"), "hash");

  private final PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicReference<Meeting> meeting = new AtomicReference<>();
  private final Daybook daybook =
      Daybook.builder(server.pool(CALLERS)).sqlListener(this::listen).build();
  private final DocumentStore documents = daybook.documents();

  @AfterEach
  void close() {
    daybook.close();
    server.close();
  }

  @Test
  void an_entry_goes_behind_what_others_have_replaced_and_appended_meanwhile() throws Exception {
    documents.append("d", List.of(META, entry(1)));
    CompletableFuture<Void> appending;
    try (SteppedTransaction other = SteppedTransaction.begin(server.dataSource())) {
      other.run(
          transaction -> {
            DocumentStore theirs = documents.within(transaction);
            theirs.replace("d", List.of(META));
            theirs.replace("d", List.of(META, entry(2)));
            theirs.append("d", entry(3));
            return 0;
          });
      appending = CompletableFuture.runAsync(() -> documents.append("d", entry(4)));
      awaitBlocked();
      other.commit();
    }
    SteppedTransaction.await(appending);

    assertThat(records()).containsExactly(META, entry(2), entry(3), entry(4));
  }

  @Test
  void an_entry_is_refused_if_its_document_is_deleted_meanwhile() throws Exception {
    documents.append("d", List.of(META, entry(1)));
    CompletableFuture<Throwable> appending;
    try (SteppedTransaction other = SteppedTransaction.begin(server.dataSource())) {
      other.run(transaction -> documents.within(transaction).delete("d"));
      appending =
          CompletableFuture.runAsync(() -> documents.append("d", entry(2)))
              .handle((done, failure) -> failure);
      awaitBlocked();
      other.commit();
    }

    assertThat(SteppedTransaction.await(appending))
        .hasCauseInstanceOf(DocumentException.class)
        .hasMessageContaining("no meta yet");
    assertThat(records()).isEmpty();
  }

  @Test
  void an_entry_takes_no_more_than_one_journey_to_the_server() {
    documents.append("d", META);
    statements.clear();

    documents.append("d", entry(1));

    assertThat(statements)
        .satisfiesExactly(
            claim -> assertThat(claim).startsWith("select").endsWith("for update"),
            insert -> assertThat(insert).startsWith("insert into"));
  }

  @Test
  void callers_at_the_same_time_share_statements_and_are_refused_alone() {
    documents.append("d", META);
    List<Entry> acknowledged = new CopyOnWriteArrayList<>();
    AtomicInteger round = new AtomicInteger();
    Await.until(
        () -> {
          int base = round.getAndIncrement() * CALLERS * APPENDS;
          List<Outcome<Integer>> outcomes =
              ConcurrentRendezvous.collide(
                  CALLERS, caller -> () -> appendAnyhow(base + caller * APPENDS, acknowledged));
          assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(APPENDS / 4);
          return statements.stream().anyMatch(sql -> sql.contains("lock_timeout"));
        });

    List<DocumentRecord> stored = records();
    assertThat(stored).startsWith(META).hasSize(1 + acknowledged.size());
    assertThat(stored.subList(1, stored.size()))
        .containsExactlyInAnyOrderElementsOf(acknowledged)
        .hasSize(round.get() * CALLERS * APPENDS * 3 / 4);
  }

  @Test
  void a_meta_that_does_not_go_with_the_one_of_another_maker_is_refused() {
    Meta other = new Meta(new ReplicaType("text", 1, 0), META.syncMode(), "hash");
    Runnable makesIt = () -> documents.append("d", List.of(META, entry(1)));
    meeting.set(new Meeting("select max(", makesIt));

    assertThatThrownBy(() -> documents.append("d", List.of(other, entry(2))))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("replica type");

    assertThat(records()).containsExactly(META, entry(1));
    assertThat(documents.currentMeta("d")).contains(META);
  }

  /** The server ends a deadlock only after a second. */
  @Test
  void makers_of_a_document_do_not_block_each_other_in_turn() {
    for (int round = 0; round < ROUNDS; round++) {
      String docId = "d" + round;
      ConcurrentRendezvous.collide(
              CALLERS,
              caller ->
                  () -> {
                    documents.append(docId, List.of(META, entry(caller)));
                    return caller;
                  })
          .forEach(Outcome::orThrow);
    }
    daybook.close();

    assertThat(server.deadlocks()).isZero();
  }

  private void listen(String sql) {
    statements.add(sql);
    Meeting next = meeting.get();
    if (next != null && sql.startsWith(next.statement()) && meeting.compareAndSet(next, null)) {
      CompletableFuture.runAsync(next.work()).join();
    }
  }

  /** Every fourth goes to a document that is not there; returns how many were refused. */
  private int appendAnyhow(int first, List<Entry> acknowledged) {
    int refused = 0;
    for (int n = first; n < first + APPENDS; n++) {
      Entry entry = entry(n);
      try {
        documents.append(n % 4 == 0 ? "missing" : "d", entry);
        acknowledged.add(entry);
      } catch (DocumentException e) {
        refused++;
      }
    }
    return refused;
  }

  private void awaitBlocked() {
    Await.until(
        () ->
            DSL.using(server.dataSource(), SQLDialect.POSTGRES)
                    .fetchCount(DSL.selectOne().from("pg_locks").where("not granted"))
                > 0);
  }

  private List<DocumentRecord> records() {
    try (Stream<DocumentRecord> all = documents.loadAll("d")) {
      return all.toList();
    }
  }

  private static Entry entry(int n) {
    return new Entry(Entry.Kind.SINCE, EntryData.json("{\"n\":" + n + "}"), "v" + n, null);
  }
}
