package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One append to several streams: all or nothing. */
public abstract class MultiStreamConformance extends JournalConformance {

  /** How many events are written together. */
  private static final int TOGETHER = 40;

  protected MultiStreamConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void appends_to_several_streams_and_returns_what_was_recorded_for_each() {
    appendMoves("b", 2);

    List<List<RecordedEvent<ParcelEvent>>> recorded =
        journal.appendAll(
            List.of(
                Append.of("a", ExpectedSeq.noStream(), posted("x"), moved(1)),
                Append.of("b", ExpectedSeq.exactly(2), moved(3)),
                Append.of("c", ExpectedSeq.any(), List.of(NewEvent.of(moved(9)).tagged("t")))));

    assertThat(recorded).hasSize(3);
    assertThat(seqs(recorded.get(0))).containsExactly(1L, 2L);
    assertThat(seqs(recorded.get(1))).containsExactly(3L);
    assertThat(readStream("a")).isEqualTo(recorded.get(0));
    assertThat(readStream("b").subList(2, 3)).isEqualTo(recorded.get(1));
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).isEqualTo(recorded.get(2));
    List<RecordedEvent<ParcelEvent>> inOrder = recorded.stream().flatMap(List::stream).toList();
    assertThat(everything().subList(2, 6)).isEqualTo(inOrder);
  }

  @Test
  void a_conflict_on_one_stream_leaves_all_untouched() {
    appendMoves("a", 1);
    JournalStats before = journal.stats();
    NewEvent<ParcelEvent> tagged = NewEvent.of(moved(2)).tagged("t");

    ConflictException conflict =
        catchThrowableOfType(
            ConflictException.class,
            () ->
                journal.appendAll(
                    List.of(
                        Append.of("a", ExpectedSeq.exactly(1), List.of(tagged)),
                        Append.of("new", ExpectedSeq.noStream(), List.of(tagged)),
                        Append.of("late", ExpectedSeq.exactly(4), moved(1)))));

    assertThat(conflict.streamId()).isEqualTo("late");
    assertThat(conflict.expected()).isEqualTo(ExpectedSeq.exactly(4));
    assertThat(conflict.actual()).isZero();
    assertThat(journal.stats()).isEqualTo(before);
    assertThat(journal.highestSeq("a")).isEqualTo(1);
    assertThat(journal.streamIds("", "", 10)).containsExactly("a");
  }

  @Test
  void a_second_append_to_a_stream_finds_it_where_the_first_has_left_it() {
    List<List<RecordedEvent<ParcelEvent>>> recorded =
        journal.appendAll(
            List.of(
                Append.of("a", ExpectedSeq.noStream(), moved(1), moved(2)),
                Append.of("b", ExpectedSeq.noStream(), moved(1)),
                Append.of("a", ExpectedSeq.exactly(2), moved(3)),
                Append.of("a", ExpectedSeq.streamExists(), moved(4))));

    assertThat(seqs(recorded.get(2))).containsExactly(3L);
    assertThat(seqs(recorded.get(3))).containsExactly(4L);
    assertThat(journal.highestSeq("a")).isEqualTo(4);
    assertThat(positions(everything())).isSorted().doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void a_second_append_to_a_stream_conflicts_with_what_the_first_has_done() {
    ConflictException conflict =
        catchThrowableOfType(
            ConflictException.class,
            () ->
                journal.appendAll(
                    List.of(
                        Append.of("a", ExpectedSeq.noStream(), moved(1), moved(2)),
                        Append.of("a", ExpectedSeq.noStream(), moved(3)))));

    assertThat(conflict.actual()).isEqualTo(2);
    assertThat(journal.highestSeq("a")).isZero();
    assertThat(everything()).isEmpty();
  }

  @Test
  void an_append_of_no_events_among_others_checks_nothing() {
    List<List<RecordedEvent<ParcelEvent>>> recorded =
        journal.appendAll(
            List.of(
                Append.of("a", ExpectedSeq.exactly(9), List.of()),
                Append.of("b", ExpectedSeq.noStream(), moved(1))));

    assertThat(recorded.get(0)).isEmpty();
    assertThat(recorded.get(1)).hasSize(1);
    assertThat(journal.streamIds("", "", 10)).containsExactly("b");
  }

  @Test
  void no_appends_at_all_write_nothing() {
    assertThat(journal.appendAll(List.of())).isEmpty();
    assertThat(everything()).isEmpty();
  }

  @Test
  void an_event_that_is_none_of_the_journals_leaves_all_untouched() {
    @SuppressWarnings("unchecked") // A caller with raw types could do this.
    NewEvent<ParcelEvent> foreign = (NewEvent<ParcelEvent>) (NewEvent<?>) NewEvent.of(foreign());

    assertThatThrownBy(
            () ->
                journal.appendAll(
                    List.of(
                        Append.of("a", ExpectedSeq.any(), moved(1)),
                        Append.of("b", ExpectedSeq.any(), List.of(foreign)))))
        .isInstanceOf(RuntimeException.class);
    assertThat(everything()).isEmpty();
  }

  @Test
  void no_reader_ever_sees_a_part() {
    int rounds = 100;
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> writer =
        () -> {
          try {
            for (int i = 0; i < rounds; i++) {
              journal.appendAll(
                  List.of(
                      Append.of("a", ExpectedSeq.any(), moved(i)),
                      Append.of("b", ExpectedSeq.any(), moved(i), moved(i))));
            }
          } finally {
            done.set(true);
          }
          return 0;
        };
    Callable<Integer> reader =
        () -> {
          int parts = 0;
          boolean last;
          do {
            last = done.get();
            parts += journal.read(EventQuery.all()).size() % 3 == 0 ? 0 : 1;
          } while (!last);
          return parts;
        };

    List<Outcome<Integer>> outcomes = ConcurrentRendezvous.collide(List.of(writer, reader, reader));

    assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(0);
    assertThat(everything()).hasSize(3 * rounds);
  }

  /** Each event says how many belong to it: all of these are read, or none. */
  @Test
  void no_reader_ever_sees_a_part_of_what_several_write_at_a_time() {
    int writers = 6;
    int rounds = 30;
    AtomicInteger writing = new AtomicInteger(writers);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "w-" + writer;
      tasks.add(
          () -> {
            try {
              for (int round = 0; round < rounds; round++) {
                writeTogether(name, round);
              }
              return 0;
            } finally {
              writing.decrementAndGet();
            }
          });
    }
    tasks.add(() -> countPartsSeen(writing));

    assertThat(ConcurrentRendezvous.collide(tasks)).extracting(Outcome::orThrow).containsOnly(0);
    assertThat(everything()).hasSize(writers * rounds * TOGETHER);
  }

  private void writeTogether(String writer, int round) throws Exception {
    String together = writer + "-" + round;
    switch (round % 3) {
      case 0 -> journal.append(together(writer, together, TOGETHER));
      case 1 ->
          journal.appendAll(
              List.of(
                  together(writer, together, TOGETHER / 2),
                  together(writer + "-too", together, TOGETHER / 2)));
      default ->
          daybook.transaction(
              transaction -> {
                journal.within(transaction).append(together(writer, together, TOGETHER / 2));
                journal.within(transaction).append(together(writer, together, TOGETHER / 2));
              });
    }
  }

  private static Append<ParcelEvent> together(String streamId, String together, int count) {
    return Append.of(
        streamId,
        ExpectedSeq.any(),
        Stream.generate(() -> NewEvent.of(posted(together)).tagged(together))
            .limit(count)
            .toList());
  }

  /** Of how many writes the last read has seen a part, each time that it went on. */
  private int countPartsSeen(AtomicInteger writing) {
    int parts = 0;
    long after = 0;
    Map<String, Integer> seen = new HashMap<>();
    boolean last;
    do {
      last = writing.get() == 0;
      for (RecordedEvent<ParcelEvent> event : journal.read(EventQuery.all().after(after))) {
        seen.merge(event.tags().iterator().next(), 1, Integer::sum);
        after = event.position();
      }
      parts += (int) seen.values().stream().filter(count -> count != TOGETHER).count();
      seen.values().removeIf(count -> count == TOGETHER);
    } while (!last);
    return parts;
  }

  private static Object foreign() {
    return "no parcel event";
  }
}
