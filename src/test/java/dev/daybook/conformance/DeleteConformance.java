package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.HighWaterMarkException;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Deleting up to a sequence number, and the high-water mark, which never rewinds. */
public abstract class DeleteConformance extends JournalConformance {

  protected DeleteConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void deletes_up_to_and_including_a_number_and_says_how_many() {
    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 5);

    assertThat(journal.delete("a", 2)).isEqualTo(2);

    assertThat(readStream("a")).isEqualTo(recorded.subList(2, 5));
    assertThat(everything()).isEqualTo(recorded.subList(2, 5));
    assertThat(journal.delete("a", 4)).as("those that were left").isEqualTo(2);
    assertThat(journal.delete("a", 4)).as("again").isZero();
    assertThat(journal.delete("a", Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void deletes_nothing_up_to_0() {
    appendMoves("a", 2);

    assertThat(journal.delete("a", 0)).isZero();
    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void leaves_other_streams_alone() {
    appendMoves("a", 2);
    appendTagged("b", "t");

    journal.delete("a", 2);

    assertThat(seqs(readStream("b"))).containsExactly(1L);
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).hasSize(1);
  }

  @Test
  void deletes_the_tags_of_the_deleted_events_and_no_others() {
    appendTagged("a", "x", "y");
    appendTagged("a", "y", "z");

    journal.delete("a", 1);

    assertThat(journal.stats().tags()).as("y and z").isEqualTo(2);
    journal.delete("a", 2);
    assertThat(journal.stats().tags()).isZero();
  }

  @Test
  void the_next_event_gets_the_number_that_it_would_have_got() {
    appendMoves("a", 3);

    journal.delete("a", 3);

    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(readStream("a")).isEmpty();
    assertThat(journal.append("a", ExpectedSeq.exactly(3), moved(4)).seq()).isEqualTo(4);
    assertThat(seqs(readStream("a"))).containsExactly(4L);
  }

  @Test
  void deleting_past_the_end_does_not_skip_numbers() {
    appendMoves("a", 2);

    assertThat(journal.delete("a", 1_000)).isEqualTo(2);

    assertThat(journal.highestSeq("a")).isEqualTo(2);
    assertThat(journal.append("a", ExpectedSeq.any(), moved(3)).seq()).isEqualTo(3);
  }

  @Test
  void positions_are_not_given_twice_after_the_last_event_was_deleted() {
    long deleted = appendMoves("a", 3).get(2).position();

    journal.delete("a", 3);

    assertThat(journal.latestPosition()).as("of an empty journal").isZero();
    assertThat(appendMoves("b", 1).get(0).position()).isGreaterThan(deleted);
  }

  @Test
  void an_unknown_stream_stays_unknown() {
    assertThat(journal.delete("a", 5)).isZero();

    assertThat(journal.highestSeq("a")).isZero();
    assertThat(journal.streamIds("", "", 10)).isEmpty();
    assertThat(journal.append("a", ExpectedSeq.noStream(), moved(1)).seq()).isEqualTo(1);
  }

  @Test
  void the_mark_of_a_stream_that_never_was_can_be_raised() {
    journal.raiseHighWaterMark("a", 41);

    assertThat(journal.highestSeq("a")).isEqualTo(41);
    assertThat(readStream("a")).isEmpty();
    assertThat(journal.append("a", ExpectedSeq.exactly(41), moved(1)).seq()).isEqualTo(42);
  }

  @Test
  void the_mark_of_a_stream_whose_events_were_all_deleted_can_be_raised() {
    appendMoves("a", 3);
    journal.delete("a", 3);

    journal.raiseHighWaterMark("a", 10);

    assertThat(journal.append("a", ExpectedSeq.streamExists(), moved(1)).seq()).isEqualTo(11);
  }

  @Test
  void raising_a_mark_to_where_it_is_does_nothing() {
    appendMoves("a", 3);
    JournalStats before = journal.stats();

    journal.raiseHighWaterMark("a", 3);
    journal.raiseHighWaterMark("unknown", 0);

    assertThat(journal.stats()).isEqualTo(before);
  }

  @Test
  void a_mark_is_not_raised_past_events() {
    appendMoves("a", 3);

    assertThat(notRaised("a", 4)).hasMessageContaining("a").hasMessageContaining("events");
    journal.delete("a", 2);
    assertThat(notRaised("a", 4)).hasMessageContaining("events");

    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(journal.append("a", ExpectedSeq.any(), moved(4)).seq()).isEqualTo(4);
  }

  @Test
  void a_mark_is_not_rewound() {
    appendMoves("a", 3);
    journal.delete("a", 3);

    assertThat(notRaised("a", 2)).hasMessageContaining("3").hasMessageContaining("2");
    assertThat(notRaised("a", 0)).isNotNull();

    assertThat(journal.highestSeq("a")).isEqualTo(3);
  }

  @Test
  void a_stream_that_has_given_its_last_number_refuses_appends() {
    journal.raiseHighWaterMark("a", Long.MAX_VALUE - 1);
    assertThat(journal.append("a", ExpectedSeq.any(), moved(1)).seq()).isEqualTo(Long.MAX_VALUE);

    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.any(), moved(2)))
        .isInstanceOf(InvalidInputException.class);
    assertThat(journal.highestSeq("a")).isEqualTo(Long.MAX_VALUE);
    assertThat(everything()).hasSize(1);
  }

  private HighWaterMarkException notRaised(String streamId, long seq) {
    HighWaterMarkException refused =
        catchThrowableOfType(
            HighWaterMarkException.class, () -> journal.raiseHighWaterMark(streamId, seq));
    assertThat(refused).isNotNull();
    return refused;
  }
}
