package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamStateException;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
import dev.daybook.stream.UnknownStreamException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Races of those who write the same document, snapshot or stream: what they leave is healthy. */
public abstract class RacingStoresConformance extends JournalConformance {

  private static final int THREADS = 8;
  private static final int ROUNDS = 25;
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash-1");

  protected RacingStoresConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void all_who_make_a_document_at_the_same_moment_have_their_records_in_it() {
    DocumentStore documents = daybook.documents();
    for (int round = 0; round < ROUNDS; round++) {
      String docId = "note-" + round;
      ConcurrentRendezvous.collide(
              THREADS,
              writer ->
                  () -> {
                    documents.append(docId, List.of(META, entry("by " + writer)));
                    return writer;
                  })
          .forEach(Outcome::orThrow);

      assertThat(load(documents, docId)).hasSize(2 * THREADS);
    }
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void a_document_that_is_written_replaced_and_deleted_at_once_is_whole_or_gone() {
    DocumentStore documents = daybook.documents();
    List<Callable<Integer>> tasks =
        List.of(
            repeating(() -> documents.append("note", List.of(META, entry("appended")))),
            repeating(() -> documents.append("note", entry("alone"))),
            repeating(() -> documents.replace("note", List.of(META, entry("replaced")))),
            repeating(() -> documents.delete("note")));

    ConcurrentRendezvous.collide(tasks).forEach(Outcome::orThrow);

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    List<DocumentRecord> records = load(documents, "note");
    assertThat(documents.currentMeta("note").isPresent()).isEqualTo(!records.isEmpty());
    assertThat(records.stream().limit(1)).allMatch(Meta.class::isInstance);
  }

  @Test
  void snapshots_that_are_saved_at_once_leave_no_more_than_are_to_be_kept_by_the_next() {
    SnapshotStore<String> snapshots =
        daybook.snapshots(String.class, SnapshotOptions.defaults().withKeep(2));
    appendMoves("a", THREADS * ROUNDS);
    ConcurrentRendezvous.collide(
            THREADS,
            writer ->
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    snapshots.save("a", 1 + writer + (long) round * THREADS, "state");
                  }
                  return writer;
                })
        .forEach(Outcome::orThrow);

    long newest = (long) THREADS * ROUNDS;
    assertThat(seqs(snapshots)).startsWith(newest, newest - 1);
    if (!database.writesInParallel()) {
      assertThat(seqs(snapshots)).hasSize(2);
    }
    snapshots.save("a", newest, "again");
    assertThat(seqs(snapshots)).containsExactly(newest, newest - 1);
  }

  @Test
  void a_stream_whose_life_several_change_at_once_is_healthy() {
    Streams streams = daybook.streams();
    appendMoves("a", 1);
    List<Callable<Integer>> tasks =
        List.of(
            repeating(() -> appendTagged("a", "t")),
            repeating(
                () -> {
                  journal.delete("a", journal.highestSeq("a"));
                  daybook.snapshots(String.class).save("a", 1, "state");
                }),
            repeating(() -> streams.archive("a")),
            repeating(() -> streams.tombstone("a", "because")),
            repeating(() -> streams.restore("a")),
            repeating(() -> streams.restore("a")),
            () -> {
              while (journal.highestSeq("a") < 20) {
                streams.restore("a");
                Thread.onSpinWait();
              }
              streams.delete("a");
              return 1;
            },
            () -> {
              int appended = 0;
              while (appended < 40) {
                try {
                  appendMoves("a", 1);
                  appended++;
                } catch (StreamStateException e) {
                  appended += e instanceof StreamDeletedException ? 40 : 0;
                }
              }
              return 1;
            });

    ConcurrentRendezvous.collide(tasks).forEach(Outcome::orThrow);

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(everything()).isEmpty();
    assertThat(journal.stats().tags()).isZero();
  }

  @Test
  void a_key_that_two_transactions_append_under_is_written_once() {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.any(), moves(2)).withIdempotencyKey("key");

    List<Outcome<List<RecordedEvent<ParcelEvent>>>> outcomes =
        ConcurrentRendezvous.collide(
            THREADS,
            thread ->
                () ->
                    daybook.transactionResult(
                        transaction -> journal.within(transaction).append(append)));

    List<RecordedEvent<ParcelEvent>> written = readStream("a");
    assertThat(written).hasSize(2);
    assertThat(outcomes).allSatisfy(it -> assertThat(it.orThrow()).isEqualTo(written));
  }

  private static List<Long> seqs(SnapshotStore<String> snapshots) {
    try (Stream<SnapshotInfo> left = snapshots.list("a")) {
      return left.map(SnapshotInfo::seq).toList();
    }
  }

  private static Callable<Integer> repeating(Runnable work) {
    return () -> {
      int refused = 0;
      for (int round = 0; round < ROUNDS; round++) {
        try {
          work.run();
        } catch (DocumentException | StreamStateException | UnknownStreamException e) {
          refused++;
        }
      }
      return refused;
    };
  }

  private static List<DocumentRecord> load(DocumentStore documents, String docId) {
    try (Stream<DocumentRecord> records = documents.loadAll(docId)) {
      return records.toList();
    }
  }

  private static Entry entry(String version) {
    return Entry.since(EntryData.json("[1]"), version);
  }
}
