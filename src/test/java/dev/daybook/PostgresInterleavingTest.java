package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Interleaving;
import dev.daybook.document.DocumentException;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.HighWaterMarkException;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.StreamStateException;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.stream.UnknownStreamException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Two write the same thing, where several transactions write at a time: each of all pairs of
 * operations, however they meet.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresInterleavingTest {

  private static final Meta META =
      new Meta(
          new ReplicaType("account", 1, 0), new SyncMode("concurrent", "none", "durable"), "hash");

  private record Operation(String name, Interleaving.Work writing) {}

  private static final List<Operation> ON_DOCUMENTS =
      List.of(
          new Operation("make", (on, id) -> on.documents().append(id, List.of(META, entry()))),
          new Operation("append", (on, id) -> on.documents().append(id, entry())),
          new Operation("replace", (on, id) -> on.documents().replace(id, List.of(META, entry()))),
          new Operation("delete", (on, id) -> on.documents().delete(id)));

  private static final List<Operation> ON_STREAMS =
      List.of(
          new Operation("append", (on, id) -> append(on, id, ExpectedSeq.any(), null)),
          new Operation("expect", (on, id) -> append(on, id, ExpectedSeq.exactly(2), null)),
          new Operation("retry", (on, id) -> append(on, id, ExpectedSeq.any(), "key")),
          new Operation("trim", (on, id) -> on.rawJournal().delete(id, 1)),
          new Operation("raise", (on, id) -> on.rawJournal().raiseHighWaterMark(id, 7)),
          new Operation("archive", (on, id) -> on.streams().archive(id)),
          new Operation("restore", (on, id) -> on.streams().restore(id)),
          new Operation("tombstone", (on, id) -> on.streams().tombstone(id, "why not")),
          new Operation("delete", (on, id) -> on.streams().delete(id)),
          new Operation("save", PostgresInterleavingTest::save));

  private final Interleaving interleaving = new Interleaving();

  @AfterEach
  void close() {
    interleaving.close();
  }

  @Test
  void whoever_writes_a_document_at_the_same_time_it_stays_whole() {
    tryAll(ON_DOCUMENTS, List.of(List.of(), List.of("make"), List.of("make", "append")));
  }

  @Test
  void whoever_writes_a_stream_at_the_same_time_it_stays_whole() {
    tryAll(
        ON_STREAMS,
        List.of(
            List.of(),
            List.of("append", "append"),
            List.of("append", "append", "save", "archive"),
            List.of("append", "tombstone")));
  }

  /**
   * @param beginnings what was done before
   */
  private void tryAll(List<Operation> operations, List<List<String>> beginnings) {
    for (List<String> beginning : beginnings) {
      for (Operation first : operations) {
        for (Operation second : operations) {
          interleaving.tryEach(
              statement ->
                  "%s, %s before %d of %s"
                      .formatted(beginning, second.name(), statement, first.name()),
              (on, id) -> begin(operations, beginning, on, id),
              (on, id) -> write(first, on, id),
              (on, id) -> write(second, on, id));
        }
      }
    }

    assertThat(interleaving.another().maintenance().verify().findings()).isEmpty();
    assertThat(interleaving.deadlocks()).isZero();
  }

  private static void begin(
      List<Operation> operations, List<String> beginning, Daybook on, String id) {
    for (String name : beginning) {
      for (Operation operation : operations) {
        if (operation.name().equals(name)) {
          operation.writing().on(on, id);
        }
      }
    }
  }

  /** Does it, or is refused for a reason. */
  private static void write(Operation operation, Daybook on, String id) {
    try {
      operation.writing().on(on, id);
    } catch (DocumentException
        | ConflictException
        | StreamStateException
        | HighWaterMarkException
        | UnknownStreamException e) {
      assertThat(e).hasMessageContaining(id);
    } catch (RuntimeException e) {
      throw new AssertionError(id, e);
    }
  }

  private static void append(Daybook on, String id, ExpectedSeq expected, @Nullable String key) {
    EncodedEvent event = EncodedEvent.json("moved", "{}");
    Append<EncodedEvent> append =
        Append.of(id, expected, Collections.nCopies(2, NewEvent.of(event).tagged("a tag")));
    on.rawJournal().append(key == null ? append : append.withIdempotencyKey(key));
  }

  private static void save(Daybook on, String id) {
    long seq = on.rawJournal().highestSeq(id);
    if (seq > 0) {
      on.snapshots(String.class, SnapshotOptions.defaults().withKeep(1)).save(id, seq, "state");
    }
  }

  private static Entry entry() {
    return Entry.since(EntryData.json("{}"), "v");
  }
}
