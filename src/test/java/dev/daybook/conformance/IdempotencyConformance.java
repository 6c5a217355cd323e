package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Appends under an idempotency key: written once, answered alike each time. */
public abstract class IdempotencyConformance extends JournalConformance {

  protected IdempotencyConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_repeated_append_writes_nothing_and_returns_what_was_recorded() {
    Append<ParcelEvent> append =
        Append.of(
                "a",
                ExpectedSeq.noStream(),
                List.of(
                    NewEvent.of(posted("x")).tagged("t").withMetadata(Metadata.of("k", "v")),
                    NewEvent.of(moved(1))))
            .withIdempotencyKey("key");
    List<RecordedEvent<ParcelEvent>> first = journal.append(append);
    JournalStats before = journal.stats();

    assertThat(journal.append(append)).isEqualTo(first);
    assertThat(journal.append(append)).isEqualTo(first);

    assertThat(journal.stats()).isEqualTo(before);
    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  @Test
  void the_expectation_and_the_events_of_a_repetition_do_not_matter() {
    List<RecordedEvent<ParcelEvent>> first = append("a", ExpectedSeq.any(), "key", moved(1));
    appendMoves("a", 2);

    assertThat(append("a", ExpectedSeq.noStream(), "key", moved(1))).isEqualTo(first);
    assertThat(append("a", ExpectedSeq.exactly(77), "key", moved(9))).isEqualTo(first);
    assertThat(append("a", ExpectedSeq.any(), "key", moved(1), moved(2))).isEqualTo(first);
    assertThat(journal.highestSeq("a")).isEqualTo(3);
  }

  @Test
  void keys_belong_to_their_stream_and_are_compared_to_the_letter() {
    append("a", ExpectedSeq.any(), "key", moved(1));
    append("b", ExpectedSeq.noStream(), "key", moved(1));
    append("a", ExpectedSeq.any(), "Key", moved(2));
    append("a", ExpectedSeq.any(), "key ", moved(3));

    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(journal.highestSeq("b")).isEqualTo(1);
  }

  @Test
  void events_have_the_key_of_their_append() {
    append("a", ExpectedSeq.any(), "key", moved(1), moved(2));
    appendMoves("a", 1);

    assertThat(readStream("a"))
        .extracting(RecordedEvent::idempotencyKey)
        .containsExactly(Optional.of("key"), Optional.of("key"), Optional.empty());
    assertThat(everything()).isEqualTo(readStream("a"));
    assertThat(everything().get(0)).isNotEqualTo(everything().get(0).withIdempotencyKey("other"));
  }

  @Test
  void a_recorded_key_is_stored_and_not_looked_up() {
    for (int km = 1; km <= 2; km++) {
      journal.append(Append.of("a", ExpectedSeq.any(), moved(km)).withRecordedKey("key"));
    }
    List<RecordedEvent<ParcelEvent>> recorded = readStream("a");

    assertThat(recorded).hasSize(2).allMatch(event -> event.idempotencyKey().isPresent());
    assertThat(append("a", ExpectedSeq.noStream(), "key", moved(3))).isEqualTo(recorded);
    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(Append.of("a", ExpectedSeq.any(), moved(1)).withRecordedKey("key"))
        .isNotEqualTo(Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key"));
  }

  @Test
  void appends_without_a_key_are_never_taken_for_each_other() {
    appendMoves("a", 1);
    appendMoves("a", 1);

    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void an_append_that_was_refused_leaves_its_key_free() {
    assertThatThrownBy(() -> append("a", ExpectedSeq.streamExists(), "key", moved(1)))
        .isInstanceOf(ConflictException.class);

    assertThat(append("a", ExpectedSeq.noStream(), "key", moved(2)))
        .extracting(RecordedEvent::data)
        .containsExactly(moved(2));
  }

  @Test
  void an_append_of_no_events_uses_up_no_key() {
    assertThat(append("a", ExpectedSeq.any(), "key")).isEmpty();

    assertThat(append("a", ExpectedSeq.any(), "key", moved(1))).hasSize(1);
    assertThat(append("a", ExpectedSeq.any(), "key")).as("no events, again").isEmpty();
  }

  @Test
  void deleting_its_events_forgets_a_key() {
    append("a", ExpectedSeq.any(), "key", moved(1), moved(2));
    journal.delete("a", 2);

    assertThat(seqs(append("a", ExpectedSeq.any(), "key", moved(3)))).containsExactly(3L);
  }

  @Test
  void deleting_a_part_of_its_events_keeps_a_key_with_the_rest() {
    List<RecordedEvent<ParcelEvent>> first =
        append("a", ExpectedSeq.any(), "key", moved(1), moved(2));
    journal.delete("a", 1);

    assertThat(append("a", ExpectedSeq.any(), "key", moved(3))).isEqualTo(first.subList(1, 2));
    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  @Test
  void one_key_twice_in_one_append_writes_once() {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), moved(1)).withIdempotencyKey("key");

    List<List<RecordedEvent<ParcelEvent>>> recorded = journal.appendAll(List.of(append, append));

    assertThat(recorded.get(0)).hasSize(1).isEqualTo(recorded.get(1));
    assertThat(readStream("a")).isEqualTo(recorded.get(0));
  }

  @Test
  void a_repetition_does_not_stop_the_other_appends_of_its_transaction() {
    List<RecordedEvent<ParcelEvent>> first = append("a", ExpectedSeq.any(), "key", moved(1));

    List<List<RecordedEvent<ParcelEvent>>> recorded =
        journal.appendAll(
            List.of(
                Append.of("b", ExpectedSeq.noStream(), moved(1)),
                Append.of("a", ExpectedSeq.noStream(), moved(9)).withIdempotencyKey("key"),
                Append.of("a", ExpectedSeq.exactly(1), moved(2))));

    assertThat(recorded.get(1)).isEqualTo(first);
    assertThat(seqs(recorded.get(0))).containsExactly(1L);
    assertThat(seqs(recorded.get(2))).containsExactly(2L);
    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void listeners_do_not_hear_of_a_repetition() {
    Heard heard = new Heard();
    journal.onAppend(heard);

    append("a", ExpectedSeq.any(), "key", moved(1));
    append("a", ExpectedSeq.any(), "key", moved(1));

    assertThat(heard.all(journal)).hasSize(1);
  }

  @Test
  void a_repetition_fails_if_what_was_recorded_can_not_be_decoded_here() {
    daybook
        .rawJournal()
        .append(
            Append.of("a", ExpectedSeq.any(), EncodedEvent.json("Unheard", "{}"))
                .withIdempotencyKey("key"));

    assertThatThrownBy(() -> append("a", ExpectedSeq.any(), "key", moved(1)))
        .isInstanceOf(EventDecodeException.class);
    assertThat(journal.highestSeq("a")).isEqualTo(1);
  }

  @Test
  void one_that_can_not_be_decoded_fails_all_that_are_written_with_it() {
    daybook
        .rawJournal()
        .append(
            Append.of("a", ExpectedSeq.any(), EncodedEvent.json("Unheard", "{}"))
                .withIdempotencyKey("key"));

    assertThatThrownBy(
            () ->
                journal.appendAll(
                    List.of(
                        Append.of("b", ExpectedSeq.any(), moved(1)),
                        Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key"))))
        .isInstanceOf(EventDecodeException.class);
    assertThat(journal.highestSeq("b")).isZero();
  }

  /** A codec is the user's own, and may take as long as it likes. */
  @Test
  void others_write_while_a_repetition_is_decoded() {
    Codec waiting =
        new LegCodec() {
          @Override
          public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) {
            CompletableFuture<?> another =
                CompletableFuture.runAsync(
                    () -> journal.append("b", ExpectedSeq.any(), moved(1)),
                    task -> new Thread(task).start());
            Await.until(another::isDone);
            another.join();
            return super.decode(payload, type, schemaVersion);
          }
        };
    Journal<ParcelEvent> legs = journal.with(Codecs.writing(waiting));
    Append<ParcelEvent> first = Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("1");
    Append<ParcelEvent> second =
        Append.of("c", ExpectedSeq.any(), moved(2)).withIdempotencyKey("2");
    List<List<RecordedEvent<ParcelEvent>>> recorded = legs.appendAll(List.of(first, second));

    assertThat(legs.append(first)).isEqualTo(recorded.get(0));
    assertThat(legs.appendAll(List.of(first, second))).isEqualTo(recorded);
    assertThat(journal.highestSeq("b")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void what_is_recorded_under_a_key_is_found_without_appending() {
    List<RecordedEvent<ParcelEvent>> recorded =
        append("a", ExpectedSeq.any(), "key", moved(1), moved(2));
    append("a", ExpectedSeq.any(), "other", moved(3));
    JournalStats before = journal.stats();

    assertThat(journal.findByKey("a", "key")).isEqualTo(recorded);
    assertThat(daybook.rawJournal().findByKey("a", "key"))
        .isEqualTo(daybook.rawJournal().read(EventQuery.stream("a").to(2)));
    assertThat(journal.findByKey("a", "Key")).isEmpty();
    assertThat(journal.findByKey("b", "key")).isEmpty();

    assertThat(journal.stats()).isEqualTo(before);
    journal.delete("a", 1);
    assertThat(journal.findByKey("a", "key")).isEqualTo(recorded.subList(1, 2));
    journal.delete("a", 2);
    assertThat(journal.findByKey("a", "key")).isEmpty();
  }

  @Test
  void a_key_is_found_in_the_transaction_that_has_written_it() {
    daybook.transaction(
        tx -> {
          Journal<ParcelEvent> inside = journal.within(tx);
          List<RecordedEvent<ParcelEvent>> recorded =
              inside.append(Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key"));
          assertThat(inside.findByKey("a", "key")).isEqualTo(recorded);
          assertThat(
                  inside
                      .appendOnce(
                          Append.of("a", ExpectedSeq.any(), moved(1)).withIdempotencyKey("key"))
                      .isRepeated())
              .isTrue();
        });
  }

  @Test
  void keys_are_looked_up_in_streams_that_can_be_read() {
    List<RecordedEvent<ParcelEvent>> recorded = append("a", ExpectedSeq.any(), "key", moved(1));
    daybook.streams().archive("a");
    assertThat(journal.findByKey("a", "key")).isEqualTo(recorded);

    daybook.streams().tombstone("a", "a mistake");
    assertThatThrownBy(() -> journal.findByKey("a", "key"))
        .isInstanceOf(StreamTombstonedException.class);
    assertThatThrownBy(() -> journal.findByKey("", "key"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> journal.findByKey("a", "")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void the_result_says_whether_the_key_was_seen_before_and_with_other_events() {
    AppendResult<ParcelEvent> first =
        appendOnce(List.of(NewEvent.of(posted("x")).tagged("t", "u")));
    assertThat(first.events()).isEqualTo(readStream("a"));
    assertThat(first.isRepeated()).isFalse();
    assertThat(first.hasOtherEvents()).isFalse();

    NewEvent<ParcelEvent> later =
        NewEvent.of(posted("x")).tagged("u", "t").withMetadata(Metadata.of("trace", "2"));
    assertSaysSame(appendOnce(List.of(later)), first, true);
    assertSaysSame(appendOnce(List.of(NewEvent.of(posted("y")).tagged("t", "u"))), first, false);
    assertSaysSame(appendOnce(List.of(NewEvent.of(moved(1)).tagged("t", "u"))), first, false);
    assertSaysSame(appendOnce(List.of(NewEvent.of(posted("x")).tagged("t"))), first, false);
    assertSaysSame(appendOnce(List.of(later, NewEvent.of(moved(1)))), first, false);
    assertThat(journal.highestSeq("a")).isEqualTo(1);
  }

  private static void assertSaysSame(
      AppendResult<ParcelEvent> result, AppendResult<ParcelEvent> first, boolean same) {
    assertThat(result.events()).isEqualTo(first.events());
    assertThat(result.isRepeated()).isTrue();
    assertThat(result.hasOtherEvents()).isEqualTo(!same);
  }

  /** Neither compression nor a nonce makes another event of it. */
  @Test
  void what_is_stored_in_another_way_is_the_same_event() {
    Journal<ParcelEvent> encrypted =
        journal.with(
            PayloadOptions.plain()
                .compressed(Compression.GZIP)
                .encrypted(KeyRing.of("k1", new byte[32])));
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.any(), posted("x".repeat(2_000))).withIdempotencyKey("key");

    assertThat(encrypted.appendOnce(append).isRepeated()).isFalse();
    assertThat(encrypted.appendOnce(append).hasOtherEvents()).isFalse();
    assertThat(
            encrypted
                .appendOnce(
                    Append.of("a", ExpectedSeq.any(), posted("y")).withIdempotencyKey("key"))
                .hasOtherEvents())
        .isTrue();
  }

  @Test
  void an_append_that_is_to_be_made_once_has_a_key() {
    assertThatThrownBy(() -> journal.appendOnce(Append.of("a", ExpectedSeq.any(), moved(1))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no idempotency key");
    AppendResult<ParcelEvent> nothing =
        journal.appendOnce(
            Append.<ParcelEvent>of("a", ExpectedSeq.exactly(7), List.of()).withIdempotencyKey("k"));
    assertThat(nothing.events()).isEmpty();
    assertThat(nothing.isRepeated()).isFalse();
  }

  private AppendResult<ParcelEvent> appendOnce(List<NewEvent<ParcelEvent>> events) {
    return journal.appendOnce(
        Append.<ParcelEvent>of("a", ExpectedSeq.any(), events).withIdempotencyKey("key"));
  }

  private List<RecordedEvent<ParcelEvent>> append(
      String streamId, ExpectedSeq expected, String key, ParcelEvent... events) {
    return journal.append(
        Append.ofAll(streamId, expected, List.of(events)).withIdempotencyKey(key));
  }
}
