package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.LoadProgress;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StaleLoadException;
import dev.daybook.journal.StreamStateException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many events from elsewhere, and how far their source has been read, in one transaction a call.
 */
public abstract class BulkLoadConformance extends JournalConformance {

  private static final String NAME = "old parcels";

  protected BulkLoadConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  private BulkLoad<ParcelEvent> load() {
    return journal.bulkLoad(NAME);
  }

  private static Append<ParcelEvent> move(String streamId, int km) {
    return Append.of(streamId, ExpectedSeq.any(), moved(km));
  }

  private static RecordedEvent<ParcelEvent> recorded(String streamId, long seq, long position) {
    return RecordedEvent.of(
        streamId,
        seq,
        position,
        "Moved",
        List.of("old", "t-" + position),
        Metadata.of("from", "elsewhere"),
        Instant.ofEpochMilli(1_000 + position),
        moved((int) position));
  }

  @Test
  void events_and_how_far_their_source_was_read_are_there_together() {
    BulkLoad<ParcelEvent> load = load();
    assertThat(load.name()).isEqualTo(NAME);
    assertThat(load.progress()).isEqualTo(LoadProgress.NONE);

    LoadProgress first = load.append(List.of(move("a", 1), move("b", 2), move("a", 3)), 30, "note");
    LoadProgress second = load.append(List.of(move("b", 4)), 40, "");

    assertThat(first).isEqualTo(new LoadProgress.LoadProgressValues(30, 3, "note"));
    assertThat(second).isEqualTo(new LoadProgress.LoadProgressValues(40, 4, ""));
    assertThat(load.progress()).isEqualTo(second);
    assertThat(load().progress()).isEqualTo(second);
    assertThat(everything())
        .extracting(RecordedEvent::streamId)
        .containsExactly("a", "b", "a", "b");
    assertThat(seqs(readStream("a"))).containsExactly(1L, 2L);
  }

  @Test
  void recorded_events_keep_their_keys() {
    load()
        .appendRecorded(
            List.of(
                recorded("a", 1, 3).withIdempotencyKey("key"),
                recorded("b", 1, 4),
                recorded("a", 2, 5).withIdempotencyKey("key")),
            1,
            "");

    assertThat(everything())
        .containsExactly(
            recorded("a", 1, 3).withIdempotencyKey("key"),
            recorded("b", 1, 4),
            recorded("a", 2, 5).withIdempotencyKey("key"));
    assertThat(journal.append(move("a", 7).withIdempotencyKey("key"))).hasSize(2);
  }

  @Test
  void events_whose_key_was_there_before_are_not_counted() {
    BulkLoad<ParcelEvent> load = load();
    LoadProgress first =
        load.append(
            List.of(
                move("a", 1).withIdempotencyKey("k"),
                move("a", 2).withIdempotencyKey("k"),
                move("b", 3)),
            3,
            "note");
    LoadProgress second = load.append(List.of(move("a", 4).withIdempotencyKey("k")), 4, "");
    LoadProgress third = load.append(List.of(move("a", 5)), 5, "");

    assertThat(first).isEqualTo(new LoadProgress.LoadProgressValues(3, 2, "note"));
    assertThat(second).isEqualTo(new LoadProgress.LoadProgressValues(4, 2, ""));
    assertThat(third).isEqualTo(new LoadProgress.LoadProgressValues(5, 3, ""));
    assertThat(load().progress()).isEqualTo(third);
    assertThat(everything()).hasSize(3);
  }

  @Test
  void nothing_to_append_moves_the_offset_alone() {
    load().append(List.of(), 7, "blank lines");

    assertThat(load().progress())
        .isEqualTo(new LoadProgress.LoadProgressValues(7, 0, "blank lines"));
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_refused_call_leaves_everything_as_it_was() {
    appendMoves("a", 2);
    appendMoves("gone", 1);
    daybook.streams().delete("gone");
    BulkLoad<ParcelEvent> load = load();
    load.append(List.of(move("b", 1)), 1, "");

    assertThatThrownBy(
            () ->
                load.append(
                    List.of(move("b", 2), Append.of("a", ExpectedSeq.exactly(1), moved(3))), 2, ""))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> load.append(List.of(move("b", 2), move("gone", 3)), 2, ""))
        .isInstanceOf(StreamStateException.class);

    assertThat(load.progress()).isEqualTo(new LoadProgress.LoadProgressValues(1, 1, ""));
    assertThat(load().progress()).isEqualTo(new LoadProgress.LoadProgressValues(1, 1, ""));
    assertThat(readStream("b")).hasSize(1);
    assertThat(load.append(List.of(move("b", 2)), 2, "").events()).isEqualTo(2);
  }

  @Test
  void what_can_not_be_is_refused_before_anything_is_written() {
    BulkLoad<ParcelEvent> load = load();
    load.append(List.of(), 5, "");

    assertThatThrownBy(() -> load.append(List.of(move("a", 1)), 5, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the bulk load \"old parcels\" is at offset 5, and is to be moved to 5; expected a higher one");
    assertThatThrownBy(() -> load.append(List.of(), 6, "\0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("U+0000");
    assertThatThrownBy(() -> journal.bulkLoad("")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () -> load.appendRecorded(List.of(recorded("a", 1, 9), recorded("a", 2, 9)), 6, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("position 9 follows position 9; expected positions that ascend");
    assertThatThrownBy(() -> daybook.transaction(tx -> journal.within(tx).bulkLoad(NAME)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not inside a transaction");
    assertThat(everything()).isEmpty();
  }

  @Test
  void one_of_two_loads_of_a_name_goes_on() {
    BulkLoad<ParcelEvent> one = load();
    BulkLoad<ParcelEvent> other = load();
    one.append(List.of(move("a", 1)), 1, "");

    assertThatThrownBy(() -> other.append(List.of(move("a", 1)), 1, ""))
        .isInstanceOf(StaleLoadException.class)
        .hasMessageContaining("\"old parcels\" is no longer at offset 0");
    BulkLoad<ParcelEvent> again = load();
    again.append(List.of(move("a", 2)), 2, "");
    assertThatThrownBy(() -> one.append(List.of(move("a", 2)), 2, ""))
        .isInstanceOfSatisfying(
            StaleLoadException.class, stale -> assertThat(stale.load()).isEqualTo(NAME));
    assertThatThrownBy(one::forget).isInstanceOf(StaleLoadException.class);

    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void loads_of_other_names_have_nothing_to_do_with_each_other() {
    load().append(List.of(move("a", 1)), 1, "");
    journal.bulkLoad("other").append(List.of(move("a", 2)), 1, "");

    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void a_load_that_is_forgotten_begins_at_the_beginning() {
    BulkLoad<ParcelEvent> load = load();
    load.forget();
    load.append(List.of(move("a", 1)), 9, "");
    load.forget();

    assertThat(load.progress()).isEqualTo(LoadProgress.NONE);
    assertThat(load().progress()).isEqualTo(LoadProgress.NONE);
    assertThat(load.append(List.of(move("a", 2)), 1, "").events()).isEqualTo(1);
    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void events_may_keep_their_numbers_positions_and_times() {
    appendMoves("a", 2);
    long highest = journal.latestPosition();
    List<RecordedEvent<ParcelEvent>> events =
        List.of(
            recorded("a", 3, highest + 5),
            recorded("b", 1, highest + 6),
            recorded("a", 4, highest + 100));

    load().appendRecorded(events, 1, "");

    assertThat(everything().subList(2, 5)).isEqualTo(events);
    assertThat(journal.append("b", ExpectedSeq.exactly(1), moved(1)).position())
        .isEqualTo(highest + 101);
    assertThat(journal.latestPosition()).isEqualTo(highest + 101);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void positions_that_may_have_been_given_are_refused() {
    appendMoves("a", 3);
    long highest = journal.latestPosition();
    journal.delete("a", 3);
    BulkLoad<ParcelEvent> load = load();

    assertThatThrownBy(() -> load.appendRecorded(List.of(recorded("b", 1, highest)), 1, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "an event is to have position %s, and the store has given positions up to %s; expected a higher one"
                .formatted(highest, highest));
    assertThatThrownBy(() -> load.appendRecorded(List.of(recorded("b", 2, highest + 1)), 1, ""))
        .isInstanceOf(ConflictException.class);
    load.appendRecorded(List.of(recorded("b", 1, highest + 1)), 1, "");

    assertThat(everything()).hasSize(1);
  }

  @Test
  void listeners_and_subscriptions_hear_of_them() throws InterruptedException {
    List<Appended> heard = new CopyOnWriteArrayList<>();
    journal.onAppend(heard::add);

    load().append(List.of(Append.of("a", ExpectedSeq.noStream(), posted("x"), moved(1))), 1, "");
    load().appendRecorded(List.of(recorded("b", 1, 50)), 2, "");

    Await.until(() -> heard.size() == 2);
    assertThat(heard).extracting(Appended::streamId).containsExactly("a", "b");
    assertThat(heard.get(1).lastPosition()).isEqualTo(50);
  }

  @Test
  void many_streams_in_many_calls_come_in_once_each_and_in_order() {
    int calls = 20;
    int streams = 50;
    BulkLoad<ParcelEvent> load = load();
    for (int call = 1; call <= calls; call++) {
      List<Append<ParcelEvent>> appends = new ArrayList<>();
      for (int stream = 0; stream < streams; stream++) {
        appends.add(
            Append.of(
                "s-" + (stream * 7) % streams,
                ExpectedSeq.any(),
                List.of(NewEvent.<ParcelEvent>of(moved(call)).tagged("call-" + call))));
      }
      load = load();
      load.append(appends, call, "");
    }

    assertThat(load.progress())
        .isEqualTo(new LoadProgress.LoadProgressValues(calls, (long) calls * streams, ""));
    assertThat(everything()).hasSize(calls * streams);
    for (int stream = 0; stream < streams; stream++) {
      assertThat(readStream("s-" + stream))
          .extracting(event -> (Object) event.data())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, calls).mapToObj(km -> (Object) moved(km)).toList());
    }
  }
}
