package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.delivered;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Reading one stream: bounds, direction, limit, types, and events that are not decoded. */
public abstract class ReadConformance extends JournalConformance {

  protected ReadConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_unknown_stream_reads_nothing() {
    appendMoves("a", 1);

    assertThat(readStream("b")).isEmpty();
    assertThat(readStream("A")).isEmpty();
    assertThat(journal.highestSeq("b")).isZero();
  }

  @Test
  void an_empty_journal_reads_nothing() {
    assertThat(everything()).isEmpty();
    assertThat(journal.latestPosition()).isZero();
  }

  @Test
  void reads_only_the_stream_that_was_asked_for() {
    appendMoves("a", 2);
    appendMoves("b", 3);
    appendMoves("a", 1);

    assertThat(readStream("a")).extracting(RecordedEvent::streamId).containsOnly("a").hasSize(3);
  }

  @Test
  void bounds_are_inclusive_at_both_ends() {
    appendMoves("a", 10);
    var stream = EventQuery.stream("a");

    assertThat(seqs(journal.read(stream.from(3).to(6)))).containsExactly(3L, 4L, 5L, 6L);
    assertThat(seqs(journal.read(stream.from(10)))).containsExactly(10L);
    assertThat(seqs(journal.read(stream.to(1)))).containsExactly(1L);
    assertThat(seqs(journal.read(stream.from(5).to(5)))).containsExactly(5L);
    assertThat(journal.read(stream.from(0).to(Long.MAX_VALUE))).hasSize(10);
  }

  @Test
  void a_range_without_events_reads_nothing() {
    appendMoves("a", 3);
    var stream = EventQuery.stream("a");

    assertThat(journal.read(stream.from(4))).isEmpty();
    assertThat(journal.read(stream.to(0))).isEmpty();
    assertThat(journal.read(stream.from(3).to(2))).isEmpty();
    assertThat(journal.read(stream.from(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void reads_backwards_within_the_same_bounds() {
    appendMoves("a", 6);
    var stream = EventQuery.stream("a");

    assertThat(seqs(journal.read(stream.newestFirst()))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(seqs(journal.read(stream.from(2).to(4).newestFirst()))).containsExactly(4L, 3L, 2L);
    assertThat(seqs(journal.read(stream.newestFirst().newestFirst().to(2))))
        .containsExactly(2L, 1L);
  }

  @Test
  void a_limit_counts_from_the_end_where_the_reading_begins() {
    appendMoves("a", 6);
    var stream = EventQuery.stream("a");

    assertThat(seqs(journal.read(stream.limit(2)))).containsExactly(1L, 2L);
    assertThat(seqs(journal.read(stream.limit(2).newestFirst()))).containsExactly(6L, 5L);
    assertThat(seqs(journal.read(stream.from(4).limit(2)))).containsExactly(4L, 5L);
    assertThat(journal.read(stream.limit(0))).isEmpty();
    assertThat(journal.read(stream.limit(7))).hasSize(6);
    assertThat(journal.read(stream.limit(Long.MAX_VALUE))).hasSize(6);
  }

  @Test
  void a_filter_by_type_holds_together_with_bounds_limit_and_direction() {
    journal.append(
        Append.of("a", ExpectedSeq.any(), posted("x"), moved(1), moved(2), delivered(), moved(3)));
    var moves = EventQuery.stream("a").ofTypes("Moved");

    assertThat(seqs(journal.read(moves))).containsExactly(2L, 3L, 5L);
    assertThat(seqs(journal.read(moves.newestFirst().limit(2)))).containsExactly(5L, 3L);
    assertThat(seqs(journal.read(moves.from(3).to(4)))).containsExactly(3L);
    assertThat(seqs(journal.read(moves.ofTypes("Posted", "Delivered")))).containsExactly(1L, 4L);
    assertThat(journal.read(moves.ofTypes("moved"))).isEmpty();
  }

  @Test
  void the_whole_journal_is_read_in_the_order_of_positions_after_one() {
    for (int i = 0; i < 5; i++) {
      appendMoves("a", 1);
      appendMoves("b", 2);
    }
    List<RecordedEvent<ParcelEvent>> all = everything();

    assertThat(all).hasSize(15);
    assertThat(positions(all)).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < all.size(); i++) {
      assertThat(journal.read(EventQuery.all().after(all.get(i).position())))
          .isEqualTo(all.subList(i + 1, all.size()));
    }
    assertThat(journal.read(EventQuery.all().after(Long.MAX_VALUE))).isEmpty();
    assertThat(journal.read(EventQuery.all().limit(4))).isEqualTo(all.subList(0, 4));
    assertThat(journal.read(EventQuery.all().limit(0))).isEmpty();
  }

  @Test
  void reads_an_event_without_decoding_it() {
    journal.append("a", ExpectedSeq.any(), posted("Ada"));

    RecordedEvent<EncodedEvent> raw = journal.raw().read(EventQuery.stream("a")).get(0);

    assertThat(raw.data()).isEqualTo(EncodedEvent.json("Posted", "{\"sender\":\"Ada\"}"));
    assertThat(raw.data().text()).isEqualTo("{\"sender\":\"Ada\"}");
    assertThat(daybook.rawJournal().read(EventQuery.all())).containsExactly(raw);
  }

  @Test
  void a_list_that_was_read_can_not_be_changed_behind_the_readers_back() {
    List<RecordedEvent<ParcelEvent>> appended = appendMoves("a", 2);
    List<RecordedEvent<ParcelEvent>> read = readStream("a");

    appendMoves("a", 1);
    journal.delete("a", 1);

    assertThat(read).isEqualTo(appended);
  }

  @Test
  void every_append_is_seen_by_the_next_read() {
    for (int i = 1; i <= 50; i++) {
      RecordedEvent<ParcelEvent> recorded = journal.append("a", ExpectedSeq.any(), moved(i));

      assertThat(journal.highestSeq("a")).isEqualTo(i);
      assertThat(journal.latestPosition()).isEqualTo(recorded.position());
      assertThat(journal.read(EventQuery.stream("a").newestFirst().limit(1)))
          .containsExactly(recorded);
    }
  }
}
