package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ClosedException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Listeners: told after the commit, in order, and harming nobody. */
public abstract class ListenerConformance extends JournalConformance {

  private final Heard heard = new Heard();

  protected ListenerConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_listener_is_told_what_was_appended() {
    journal.onAppend(heard);

    appendMoves("a", 1);
    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 3);

    assertThat(heard.all(journal)).hasSize(2);
    assertThat(heard.now().get(1))
        .isEqualTo(new Appended("a", 2, 4, recorded.get(0).position(), recorded.get(2).position()));
  }

  @Test
  void a_listener_sees_what_it_is_told_about() {
    List<List<RecordedEvent<ParcelEvent>>> seen = new CopyOnWriteArrayList<>();
    journal.onAppend(
        it -> seen.add(journal.read(EventQuery.stream(it.streamId()).from(it.firstSeq()))));

    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 2);

    Await.until(() -> seen.size() == 1);
    assertThat(seen).containsExactly(recorded);
  }

  @Test
  void each_stream_of_one_append_is_told_in_order() {
    journal.onAppend(heard);

    journal.appendAll(
        List.of(
            Append.of("a", ExpectedSeq.any(), moved(1), moved(2)),
            Append.of("none", ExpectedSeq.any(), List.of()),
            Append.of("b", ExpectedSeq.any(), moved(1)),
            Append.of("a", ExpectedSeq.any(), moved(3))));

    List<Appended> told = heard.all(journal);
    assertThat(told).extracting(Appended::streamId).containsExactly("a", "b", "a");
    assertThat(told).extracting(Appended::firstSeq).containsExactly(1L, 1L, 3L);
    assertThat(told).extracting(Appended::lastSeq).containsExactly(2L, 1L, 3L);
    assertThat(told).extracting(Appended::lastPosition).isSorted();
  }

  @Test
  void nothing_is_told_of_what_appended_nothing() {
    appendMoves("a", 2);
    journal.onAppend(heard);

    journal.append(Append.of("a", ExpectedSeq.any(), List.of()));
    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), moved(1)))
        .isInstanceOf(ConflictException.class);
    journal.delete("a", 2);
    journal.raiseHighWaterMark("b", 3);

    assertThat(heard.all(journal)).isEmpty();
  }

  @Test
  void a_listener_hears_of_appends_through_any_journal_of_its_daybook() {
    journal.onAppend(heard);

    daybook.rawJournal().append("raw", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    daybook.journal(ParcelEvent.class).append("typed", ExpectedSeq.any(), moved(1));
    journal.raw().append("same", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));

    assertThat(heard.all(journal))
        .extracting(Appended::streamId)
        .containsExactly("raw", "typed", "same");
  }

  @Test
  void a_listener_hears_nothing_after_its_registration_ended() {
    Heard other = new Heard();
    Registration registration = journal.onAppend(heard);
    journal.onAppend(other);
    appendMoves("a", 1);
    heard.atLeast(1);

    registration.close();
    registration.close();
    appendMoves("a", 1);

    assertThat(other.all(journal)).hasSize(2);
    assertThat(heard.now()).hasSize(1);
  }

  @Test
  void a_listener_registered_twice_is_told_twice_and_each_registration_ends_alone() {
    Heard other = new Heard();
    journal.onAppend(other);
    Registration first = journal.onAppend(heard);
    Registration second = journal.onAppend(heard);

    appendMoves("a", 1);
    assertThat(heard.atLeast(2)).hasSize(2);
    first.close();
    appendMoves("a", 1);
    assertThat(heard.atLeast(3)).hasSize(3);
    second.close();
    appendMoves("a", 1);
    other.all(journal);
    assertThat(heard.now()).hasSize(3);
  }

  @Test
  void a_listener_that_throws_harms_neither_the_append_nor_other_listeners() {
    List<Throwable> logged = new CopyOnWriteArrayList<>();
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
      journal.onAppend(heard);

      assertThat(appendMoves("a", 1)).hasSize(1);
      assertThat(appendMoves("a", 1)).hasSize(1);
      heard.atLeast(2);
      Await.until(() -> logged.size() == 4);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }

    assertThat(heard.now()).hasSize(2);
    assertThat(readStream("a")).hasSize(2);
    assertThat(logged).hasSize(4).hasAtLeastOneElementOfType(IllegalStateException.class);
  }

  @Test
  void a_listener_may_append_and_is_told_of_that_when_it_has_returned() {
    List<String> order = new CopyOnWriteArrayList<>();
    journal.onAppend(
        it -> {
          order.add("begin " + it.streamId() + it.lastSeq());
          if (it.streamId().equals("a")) {
            journal.append("b", ExpectedSeq.any(), moved(1));
          }
          order.add("end " + it.streamId() + it.lastSeq());
        });

    appendMoves("a", 1);
    Await.until(() -> order.size() == 4);
    appendMoves("a", 1);
    Await.until(() -> order.size() == 8);

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
              heard.appended(it);
              own[0].close();
            });
    Heard other = new Heard();
    journal.onAppend(other);

    appendMoves("a", 1);
    heard.atLeast(1);
    appendMoves("a", 1);

    other.all(journal);
    assertThat(heard.now()).hasSize(1);
  }

  @Test
  void neither_an_append_nor_another_listener_waits_for_a_listener_that_does_not_return() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Heard stuck = new Heard();
    journal.onAppend(
        it -> {
          begun.countDown();
          awaitUninterruptibly(free);
          stuck.appended(it);
        });
    journal.onAppend(heard);

    appendMoves("a", 1);
    awaitUninterruptibly(begun);
    appendMoves("b", 1);
    appendMoves("a", 2);

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "b", "a");
    assertThat(stuck.now()).isEmpty();
    free.countDown();
    assertThat(stuck.all(journal)).isEqualTo(heard.all(journal));
  }

  @Test
  void a_listener_that_falls_far_behind_hears_of_the_rest_from_the_journal() {
    int many = 10_500;
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    journal.onAppend(
        it -> {
          begun.countDown();
          awaitUninterruptibly(free);
          heard.appended(it);
        });
    appendMoves("first", 1);
    awaitUninterruptibly(begun);
    for (int from = 0; from < many; from += 500) {
      List<Append<ParcelEvent>> appends = new ArrayList<>();
      for (int n = from; n < from + 500; n++) {
        appends.add(Append.of("s-" + n % 700, ExpectedSeq.any(), moved(n)));
      }
      journal.appendAll(appends);
    }
    appendMoves("last", 3);
    free.countDown();

    List<Appended> told = heard.all(journal);

    assertThat(told)
        .extracting(Appended::lastPosition)
        .isEqualTo(
            everything().stream()
                .filter(event -> !event.streamId().equals("last") || event.seq() == 3)
                .filter(event -> !event.streamId().equals(Heard.LAST))
                .map(RecordedEvent::position)
                .toList());
    assertThat(told.get(told.size() - 1).firstSeq()).isEqualTo(1);
  }

  @Test
  void what_was_appended_before_the_close_is_told_before_it() {
    journal.onAppend(heard);
    appendMoves("a", 1);

    daybook.close();

    assertThat(heard.now()).hasSize(1);
  }

  @Test
  void a_daybook_is_closed_although_a_listener_does_not_return() {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    journal.onAppend(
        it -> {
          begun.countDown();
          awaitUninterruptibly(free);
        });
    journal.onAppend(
        it -> {
          begun.countDown();
          try {
            free.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    appendMoves("a", 1);
    awaitUninterruptibly(begun);

    daybook.close();

    assertThat(interrupted.getCount()).isZero();
    assertThatThrownBy(() -> journal.onAppend(heard)).isInstanceOf(ClosedException.class);
    free.countDown();
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("daybook-listener")));
  }

  @Test
  void a_listener_may_close_its_daybook() {
    CountDownLatch closed = new CountDownLatch(1);
    journal.onAppend(
        it -> {
          daybook.close();
          closed.countDown();
        });

    appendMoves("a", 1);

    awaitUninterruptibly(closed);
    assertThatThrownBy(() -> appendMoves("a", 1)).isInstanceOf(ClosedException.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    Await.until(() -> latch.getCount() == 0);
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
