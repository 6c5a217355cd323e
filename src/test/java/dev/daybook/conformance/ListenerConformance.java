package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Listeners: told after the commit, in order, and harming nobody. */
public abstract class ListenerConformance extends JournalConformance {

  private final List<Appended> heard = new ArrayList<>();

  protected ListenerConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_listener_is_told_what_was_appended() {
    journal.onAppend(heard::add);

    appendMoves("a", 1);
    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 3);

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1)).isEqualTo(new Appended("a", 2, 4, recorded.get(2).position()));
  }

  @Test
  void a_listener_sees_what_it_is_told_about() {
    List<List<RecordedEvent<ParcelEvent>>> seen = new ArrayList<>();
    journal.onAppend(
        it -> seen.add(journal.read(EventQuery.stream(it.streamId()).from(it.firstSeq()))));

    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 2);

    assertThat(seen).containsExactly(recorded);
  }

  @Test
  void each_stream_of_one_append_is_told_in_order() {
    journal.onAppend(heard::add);

    journal.appendAll(
        List.of(
            Append.of("a", ExpectedSeq.any(), moved(1), moved(2)),
            Append.of("none", ExpectedSeq.any(), List.of()),
            Append.of("b", ExpectedSeq.any(), moved(1)),
            Append.of("a", ExpectedSeq.any(), moved(3))));

    assertThat(heard).extracting(Appended::streamId).containsExactly("a", "b", "a");
    assertThat(heard).extracting(Appended::firstSeq).containsExactly(1L, 1L, 3L);
    assertThat(heard).extracting(Appended::lastSeq).containsExactly(2L, 1L, 3L);
    assertThat(heard).extracting(Appended::lastPosition).isSorted();
  }

  @Test
  void nothing_is_told_of_what_appended_nothing() {
    appendMoves("a", 2);
    journal.onAppend(heard::add);

    journal.append(Append.of("a", ExpectedSeq.any(), List.of()));
    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), moved(1)))
        .isInstanceOf(ConflictException.class);
    journal.delete("a", 2);
    journal.raiseHighWaterMark("b", 3);

    assertThat(heard).isEmpty();
  }

  @Test
  void a_listener_hears_of_appends_through_any_journal_of_its_daybook() {
    journal.onAppend(heard::add);

    daybook.rawJournal().append("raw", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    daybook.journal(ParcelEvent.class).append("typed", ExpectedSeq.any(), moved(1));
    journal.raw().append("same", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));

    assertThat(heard).extracting(Appended::streamId).containsExactly("raw", "typed", "same");
  }

  @Test
  void a_listener_hears_nothing_after_its_registration_ended() {
    List<Appended> other = new ArrayList<>();
    Registration registration = journal.onAppend(heard::add);
    journal.onAppend(other::add);
    appendMoves("a", 1);

    registration.close();
    registration.close();
    appendMoves("a", 1);

    assertThat(heard).hasSize(1);
    assertThat(other).hasSize(2);
  }

  @Test
  void a_listener_registered_twice_is_told_twice_and_each_registration_ends_alone() {
    dev.daybook.journal.AppendListener listener = heard::add;
    Registration first = journal.onAppend(listener);
    Registration second = journal.onAppend(listener);

    appendMoves("a", 1);
    assertThat(heard).hasSize(2);
    first.close();
    appendMoves("a", 1);
    assertThat(heard).hasSize(3);
    second.close();
    appendMoves("a", 1);
    assertThat(heard).hasSize(3);
  }

  @Test
  void a_listener_that_throws_harms_neither_the_append_nor_other_listeners() {
    List<Throwable> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.daybook");
    Handler handler = collector(logged);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      journal.onAppend(
          it -> {
            throw new IllegalStateException("a listener's own");
          });
      journal.onAppend(
          it -> {
            throw new AssertionError("a listener's own");
          });
      journal.onAppend(heard::add);

      assertThat(appendMoves("a", 1)).hasSize(1);
      assertThat(appendMoves("a", 1)).hasSize(1);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }

    assertThat(heard).hasSize(2);
    assertThat(readStream("a")).hasSize(2);
    assertThat(logged).hasSize(4).hasAtLeastOneElementOfType(IllegalStateException.class);
  }

  @Test
  void a_listener_may_append_and_is_told_of_that_when_it_has_returned() {
    List<String> order = new ArrayList<>();
    journal.onAppend(
        it -> {
          order.add("begin " + it.streamId() + it.lastSeq());
          if (it.streamId().equals("a")) {
            journal.append("b", ExpectedSeq.any(), moved(1));
          }
          order.add("end " + it.streamId() + it.lastSeq());
        });

    appendMoves("a", 1);
    appendMoves("a", 1);

    assertThat(order)
        .containsExactly(
            "begin a1", "end a1", "begin b1", "end b1", "begin a2", "end a2", "begin b2", "end b2");
  }

  @Test
  void a_listener_may_end_its_own_registration() {
    Registration[] own = new Registration[1];
    own[0] =
        journal.onAppend(
            it -> {
              heard.add(it);
              own[0].close();
            });

    appendMoves("a", 1);
    appendMoves("a", 1);

    assertThat(heard).hasSize(1);
  }

  private static Handler collector(List<Throwable> thrown) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getThrown() != null) {
              thrown.add(record.getThrown());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    return handler;
  }
}
