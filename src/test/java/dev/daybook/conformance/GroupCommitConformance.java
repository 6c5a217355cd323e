package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.EventDecodeException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamTombstonedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Callers that wait at the same time for a database with one writer: their appends share a
 * transaction, and each caller is told what became of his own.
 */
public abstract class GroupCommitConformance extends JournalConformance {

  private static final int CALLERS = 20;
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");
  private static final Meta OTHER_TYPE =
      new Meta(new ReplicaType("tree", 1, 0), META.syncMode(), "hash");

  private final ConcurrentLinkedQueue<String> statements = new ConcurrentLinkedQueue<>();

  protected GroupCommitConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void those_who_wait_are_written_in_one_transaction_in_the_order_of_their_arrival() {
    openWith(options -> options.sqlListener(statements::add));
    List<Appended> told = new CopyOnWriteArrayList<>();
    journal.onAppend(told::add);
    Convoy convoy = new Convoy(daybook);
    for (int n = 0; n < CALLERS; n++) {
      String stream = "s-" + (CALLERS - n);
      convoy.add(() -> journal.append(stream, ExpectedSeq.noStream(), moved(1)));
    }
    statements.clear();

    List<Outcome<Object>> outcomes = convoy.release();

    List<RecordedEvent<ParcelEvent>> stored = everything();
    assertThat(outcomes).extracting(Outcome::orThrow).isEqualTo(stored);
    assertThat(stored).hasSize(CALLERS);
    assertThat(commits()).as("the one who held the writer, and all the others").isEqualTo(2);
    Await.until(() -> told.size() == CALLERS);
    assertThat(told).extracting(Appended::lastPosition).isEqualTo(positions(stored));
  }

  @Test
  void a_caller_that_does_not_wait_has_a_transaction_of_its_own() {
    openWith(options -> options.sqlListener(statements::add));
    appendMoves("a", 1);
    statements.clear();

    appendMoves("a", 1);
    appendMoves("b", 2);

    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void each_who_shares_a_transaction_fails_or_succeeds_alone() {
    appendMoves("known", 3);
    appendMoves("entombed", 1);
    daybook.streams().tombstone("entombed", "gone");
    EncodedEvent foreign = EncodedEvent.json("foreign", "{}");
    daybook
        .rawJournal()
        .append(Append.of("keyed", ExpectedSeq.any(), foreign).withIdempotencyKey("not-decodable"));
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> journal.append("new", ExpectedSeq.noStream(), moved(1)));
    convoy.add(() -> journal.append("known", ExpectedSeq.exactly(2), moved(2)));
    convoy.add(() -> journal.append("new", ExpectedSeq.noStream(), moved(3)));
    convoy.add(() -> journal.append("new", ExpectedSeq.exactly(1), moved(4)));
    convoy.add(() -> journal.append("entombed", ExpectedSeq.any(), moved(5)));
    convoy.add(
        () ->
            journal.append(
                Append.of("keyed", ExpectedSeq.any(), moved(6))
                    .withIdempotencyKey("not-decodable")));
    convoy.add(
        () ->
            journal.appendAll(
                List.of(
                    Append.of("other", ExpectedSeq.noStream(), moved(7)),
                    Append.of("known", ExpectedSeq.noStream(), moved(8)))));
    convoy.add(() -> journal.append("other", ExpectedSeq.noStream(), moved(9)));

    List<Outcome<Object>> outcomes = convoy.release();

    assertThat(outcomes)
        .extracting(Outcome::failure)
        .satisfiesExactly(
            none -> assertThat(none).isNull(),
            conflict -> assertConflict(conflict, "known", 3),
            conflict -> assertConflict(conflict, "new", 1),
            none -> assertThat(none).isNull(),
            entombed -> assertThat(entombed).isInstanceOf(StreamTombstonedException.class),
            foreigner -> assertThat(foreigner).isInstanceOf(EventDecodeException.class),
            conflict -> assertConflict(conflict, "known", 3),
            none -> assertThat(none).isNull());
    assertThat(readStream("new"))
        .extracting(RecordedEvent::data)
        .containsExactly(moved(1), moved(4));
    assertThat(readStream("other")).extracting(RecordedEvent::data).containsExactly(moved(9));
    assertThat(readStream("known")).hasSize(3);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void a_key_that_several_of_them_use_is_written_once() {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), moves(3)).withIdempotencyKey("once");
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> journal.append("b", ExpectedSeq.noStream(), moved(1)));
    convoy.add(() -> journal.append(append));
    convoy.add(() -> journal.append(append));
    convoy.add(() -> journal.append("a", ExpectedSeq.exactly(3), moved(4)));
    convoy.add(() -> daybook.rawJournal().append(rawAgain()));

    List<Outcome<Object>> outcomes = convoy.release();

    List<RecordedEvent<ParcelEvent>> stored = readStream("a");
    assertThat(stored).hasSize(4);
    assertThat(outcomes.get(1).orThrow()).isEqualTo(stored.subList(0, 3));
    assertThat(outcomes.get(2).orThrow()).isEqualTo(stored.subList(0, 3));
    assertThat(outcomes.get(3).orThrow()).isEqualTo(stored.get(3));
    assertThat((List<?>) outcomes.get(4).orThrow()).hasSize(3);
  }

  @Test
  void appends_to_documents_share_it_too_and_fail_or_succeed_alone() {
    openWith(options -> options.sqlListener(statements::add));
    DocumentStore documents = daybook.documents();
    documents.append("doc", META);
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> append(documents, "doc", entry("1")));
    convoy.add(() -> journal.append("s", ExpectedSeq.noStream(), moved(1)));
    convoy.add(() -> append(documents, "none", entry("1")));
    convoy.add(() -> append(documents, "doc", OTHER_TYPE));
    convoy.add(() -> append(documents, "new", META));
    convoy.add(() -> append(documents, "new", entry("1")));
    convoy.add(() -> append(documents, "doc", entry("2")));
    statements.clear();

    List<Outcome<Object>> outcomes = convoy.release();

    assertThat(commits()).isEqualTo(2);
    assertThat(outcomes)
        .extracting(Outcome::succeeded)
        .containsExactly(true, true, false, false, true, true, true);
    assertThat(outcomes.get(2).failure()).isInstanceOf(DocumentException.class);
    assertThat(outcomes.get(3).failure()).isInstanceOf(DocumentException.class);
    assertThat(all(documents, "doc")).containsExactly(META, entry("1"), entry("2"));
    assertThat(all(documents, "new")).containsExactly(META, entry("1"));
    assertThat(all(documents, "none")).isEmpty();
    assertThat(documents.currentMeta("doc")).contains(META);
    assertThat(readStream("s")).hasSize(1);
  }

  @Test
  void a_callers_own_transaction_is_shared_with_nobody() {
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> journal.append("a", ExpectedSeq.noStream(), moved(1)));
    convoy.add(
        () ->
            daybook.transactionResult(
                transaction -> {
                  journal.within(transaction).append("b", ExpectedSeq.any(), moved(2));
                  throw new IllegalStateException("taken back");
                }));
    convoy.add(() -> journal.append("b", ExpectedSeq.noStream(), moved(3)));

    List<Outcome<Object>> outcomes = convoy.release();

    assertThat(outcomes).extracting(Outcome::succeeded).containsExactly(true, false, true);
    assertThat(outcomes.get(1).failure()).hasMessage("taken back");
    assertThat(readStream("a")).hasSize(1);
    assertThat(readStream("b")).extracting(RecordedEvent::data).containsExactly(moved(3));
  }

  @Test
  void a_failure_shows_who_asked() {
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> journal.append("a", ExpectedSeq.noStream(), moved(1)));
    convoy.add(this::appendInConflict);

    assertThat(convoy.release().get(1).failure())
        .isInstanceOf(ConflictException.class)
        .hasStackTraceContaining("appendInConflict");
  }

  @Test
  void an_append_inside_a_transaction_of_the_same_store_is_refused_and_not_left_waiting() {
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> journal.append("a", ExpectedSeq.any(), moved(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("within(transaction)");
  }

  private Object appendInConflict() {
    return journal.append("a", ExpectedSeq.noStream(), moved(2));
  }

  private Append<EncodedEvent> rawAgain() {
    return Append.of("a", ExpectedSeq.noStream(), EncodedEvent.json("x", "{}"))
        .withIdempotencyKey("once");
  }

  private long commits() {
    return statements.stream()
        .filter(sql -> sql.toLowerCase(Locale.ROOT).startsWith("commit"))
        .count();
  }

  private static boolean append(DocumentStore documents, String docId, DocumentRecord record) {
    documents.append(docId, record);
    return true;
  }

  private static List<DocumentRecord> all(DocumentStore documents, String docId) {
    try (Stream<DocumentRecord> records = documents.loadAll(docId)) {
      return records.toList();
    }
  }

  private static Entry entry(String version) {
    return Entry.since(EntryData.json("{}"), version);
  }

  private static void assertConflict(Throwable failure, String stream, long actual) {
    assertThat(failure).isInstanceOf(ConflictException.class);
    ConflictException conflict = (ConflictException) failure;
    assertThat(conflict.streamId()).isEqualTo(stream);
    assertThat(conflict.actual()).isEqualTo(actual);
  }
}
