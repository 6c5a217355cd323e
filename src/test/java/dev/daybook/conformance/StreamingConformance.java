package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.error.ClosedException;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reading event by event. What was left open is found by the fixture after each test. Not asserted
 * here: that memory stays constant, which takes a process with a small heap.
 */
public abstract class StreamingConformance extends JournalConformance {

  protected StreamingConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_stream_reads_what_a_list_reads() {
    appendMoves("a", 100);
    appendTagged("b", "t");
    for (EventQuery query :
        List.of(
            EventQuery.all(),
            EventQuery.all().taggedAllOf("t"),
            EventQuery.stream("a").newestFirst().limit(7),
            EventQuery.stream("a").ofTypes("Moved"),
            EventQuery.stream("none"))) {
      try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(query)) {
        assertThat(events.toList()).isEqualTo(journal.read(query));
      }
    }
  }

  @Test
  void a_stream_can_be_closed_early_twice_and_unread() {
    appendMoves("a", 100);
    for (int i = 0; i < 20; i++) {
      try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all());
          Stream<RecordedEvent<ParcelEvent>> unread = journal.stream(EventQuery.all());
          Stream<String> ids = journal.streamIds("")) {
        assertThat(events.iterator().next().seq()).isEqualTo(1);
        assertThat(ids.iterator().next()).isEqualTo("a");
        close(events);
        close(unread);
      }
    }

    assertThat(everything()).hasSize(100);
  }

  @Test
  void a_closed_stream_can_not_be_read_on() {
    appendMoves("a", 10);
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      Iterator<RecordedEvent<ParcelEvent>> iterator = events.iterator();
      iterator.next();
      close(events);

      List<RecordedEvent<ParcelEvent>> rest = new ArrayList<>();
      iterator.forEachRemaining(rest::add);

      assertThat(rest).as("at most what was fetched already").hasSizeLessThanOrEqualTo(9);
    }
    assertThat(everything()).hasSize(10);
  }

  @Test
  void a_stream_sees_the_journal_as_it_was_when_the_reading_began() {
    List<RecordedEvent<ParcelEvent>> before = new ArrayList<>(appendMoves("a", 50));
    before.addAll(appendMoves("b", 50));
    List<RecordedEvent<ParcelEvent>> read = new ArrayList<>();

    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      events.forEach(
          event -> {
            read.add(event);
            appendMoves("a", 1);
            journal.delete("b", read.size());
          });
    }

    assertThat(read).isEqualTo(before);
    assertThat(journal.highestSeq("a")).isEqualTo(150);
    assertThat(readStream("b")).isEmpty();
  }

  @Test
  void a_stream_of_ids_sees_the_streams_as_they_were_when_the_reading_began() {
    appendMoves("b", 1);
    appendMoves("d", 1);
    List<String> read = new ArrayList<>();

    try (Stream<String> ids = journal.streamIds("")) {
      ids.forEach(
          id -> {
            read.add(id);
            appendMoves(id + "x", 1);
          });
    }

    assertThat(read).containsExactly("b", "d");
    assertThat(journal.streamIds("", "", 10)).containsExactly("b", "bx", "d", "dx");
  }

  @Test
  void many_streams_can_be_open_at_once_while_others_write() {
    appendMoves("a", 20);
    List<Stream<RecordedEvent<ParcelEvent>>> open = new ArrayList<>();
    List<Iterator<RecordedEvent<ParcelEvent>>> iterators = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        open.add(opened());
        iterators.add(open.get(i).iterator());
        assertThat(iterators.get(i).next().seq()).isEqualTo(1);
        journal.append("b", ExpectedSeq.any(), moved(i));
      }
      for (int i = 0; i < 12; i++) {
        int read = 1;
        while (iterators.get(i).hasNext()) {
          iterators.get(i).next();
          read++;
        }
        assertThat(read).as("stream %d, begun after %d appends", i, i).isEqualTo(20 + i);
      }
    } finally {
      open.forEach(Stream::close);
    }
  }

  @Test
  void an_event_that_can_not_be_decoded_stops_the_stream_there_and_not_before() {
    appendMoves("a", 1);
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("Unheard", "{}"));
    appendMoves("a", 1);

    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.stream("a"))) {
      Iterator<RecordedEvent<ParcelEvent>> iterator = events.iterator();
      assertThat(iterator.next().seq()).isEqualTo(1);
      assertThatThrownBy(iterator::next).isInstanceOf(EventDecodeException.class);
    }

    try (Stream<RecordedEvent<EncodedEvent>> raw = journal.raw().stream(EventQuery.stream("a"))) {
      assertThat(raw.map(event -> event.data().type()))
          .containsExactly("Moved", "Unheard", "Moved");
    }
  }

  @Test
  void what_fails_while_a_stream_is_read_leaves_the_journal_usable() {
    appendMoves("a", 10);

    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      assertThatThrownBy(
              () ->
                  events.forEach(
                      event -> {
                        throw new IllegalStateException("the reader's own");
                      }))
          .hasMessage("the reader's own");
    }

    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(11);
  }

  @Test
  void a_stream_over_a_closed_daybook_fails_where_it_held_a_connection() {
    appendMoves("a", 500);
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all());
        Stream<RecordedEvent<ParcelEvent>> unread = journal.stream(EventQuery.all())) {
      Iterator<RecordedEvent<ParcelEvent>> begun = events.iterator();
      begun.next();

      daybook.close();

      if (database.isShared()) {
        assertThatThrownBy(() -> begun.forEachRemaining(event -> {}))
            .isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> unread.forEach(event -> {})).isInstanceOf(ClosedException.class);
      } else {
        assertThat(unread).as("rows that were copied out first").hasSize(500);
      }
      assertThatCode(() -> close(events)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_hundred_thousand_events_are_streamed_in_order() {
    for (int i = 0; i < 10; i++) {
      appendMany(10_000);
    }
    long[] last = new long[1];

    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.stream("a"))) {
      events.forEach(
          event -> {
            assertThat(event.seq()).isEqualTo(last[0] + 1);
            last[0] = event.seq();
          });
    }

    assertThat(last[0]).isEqualTo(100_000);
  }

  @Test
  void a_long_stream_over_a_closed_daybook_fails_and_never_just_ends() {
    appendMany(10_000);
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.all())) {
      Iterator<RecordedEvent<ParcelEvent>> iterator = events.iterator();
      long last = 0;
      while (last < 4_000) {
        last = iterator.next().seq();
      }

      daybook.close();

      List<Long> rest = new ArrayList<>();
      if (database.isShared()) {
        assertThatThrownBy(() -> iterator.forEachRemaining(event -> rest.add(event.seq())))
            .isInstanceOf(ClosedException.class);
      } else {
        iterator.forEachRemaining(event -> rest.add(event.seq()));
      }
      assertThat(rest)
          .as("what was read before")
          .isEqualTo(LongStream.rangeClosed(4_001, 4_000 + rest.size()).boxed().toList());
      assertThat(rest.size() == 6_000).isEqualTo(!database.isShared());
    }
  }

  /** What was copied out before is no longer read. */
  @Test
  void an_interrupt_ends_a_read_between_two_events_and_is_kept() {
    int all = 10_000;
    appendMany(all);
    for (int at : List.of(1, 10, 5_000)) {
      List<Long> read = new ArrayList<>();
      Throwable failure;
      try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.stream("a"))) {
        failure =
            catchThrowable(
                () ->
                    events.forEach(
                        event -> {
                          read.add(event.seq());
                          if (event.seq() == at) {
                            Thread.currentThread().interrupt();
                          }
                        }));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(failure instanceof WaitInterruptedException).isEqualTo(database.isShared());
      assertThat(read)
          .isEqualTo(LongStream.rangeClosed(1, database.isShared() ? at : all).boxed().toList());
    }
    assertThat(journal.count(EventQuery.stream("a"))).isEqualTo(all);
  }

  private void appendMany(int events) {
    journal.append(
        Append.of(
            "a",
            ExpectedSeq.any(),
            IntStream.range(0, events).mapToObj(leg -> NewEvent.of(moved(leg))).toList()));
  }

  @SuppressWarnings("MustBeClosedChecker") // The one caller closes what it collects.
  private Stream<RecordedEvent<ParcelEvent>> opened() {
    return journal.stream(EventQuery.all());
  }

  private static void close(Stream<?> stream) {
    stream.close();
  }
}
