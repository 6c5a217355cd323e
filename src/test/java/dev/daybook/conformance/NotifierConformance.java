package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Word of new events, of one's own and of others. */
public abstract class NotifierConformance extends JournalConformance {

  private static final Duration LONG = Await.PATIENCE;

  protected NotifierConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_position_that_is_reached_needs_no_wait() throws Exception {
    long position = appendMoves("a", 2).get(1).position();

    assertThat(daybook.notifier().awaitPosition(position, Duration.ZERO)).isTrue();
    assertThat(daybook.notifier().awaitPosition(position - 1, Duration.ZERO)).isTrue();
  }

  @Test
  void the_time_can_be_up() throws Exception {
    appendMoves("a", 2);

    assertThat(daybook.notifier().awaitPosition(3, Duration.ofMillis(1))).isFalse();
  }

  @Test
  void a_wait_ends_with_the_append_that_reaches_the_position() throws Exception {
    // Without polling, so that only the signal can end it.
    if (database.isShared()) {
      openWith(options -> options.pollInterval(Duration.ZERO));
    }
    FutureTask<Boolean> wait = waiting(() -> daybook.notifier().awaitPosition(3, LONG));
    appendMoves("a", 2);
    assertThat(wait).isNotDone();
    appendMoves("a", 1);

    assertThat(Await.result(wait)).isTrue();
  }

  @Test
  void a_rolled_back_append_ends_no_wait() throws Exception {
    FutureTask<Boolean> wait = waiting(() -> daybook.notifier().awaitPosition(1, LONG));
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    transaction -> {
                      daybook
                          .within(transaction)
                          .journal(ParcelEvent.class)
                          .append("a", ExpectedSeq.any(), ParcelEvent.delivered());
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(wait).isNotDone();
    appendMoves("a", 1);
    assertThat(Await.result(wait)).isTrue();
  }

  @Test
  void closing_ends_every_wait() {
    FutureTask<Boolean> wait = waiting(() -> daybook.notifier().awaitPosition(1, LONG));
    daybook.close();

    assertThatThrownBy(() -> Await.result(wait)).hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> daybook.notifier().awaitPosition(1, LONG))
        .isInstanceOf(ClosedException.class);
    Await.until(() -> pollers().isEmpty());
  }

  @Test
  void a_listener_is_told_of_the_last_position_and_of_no_news_twice() throws Exception {
    appendMoves("a", 1);
    List<Long> told = new CopyOnWriteArrayList<>();
    try (Registration registration = daybook.notifier().onNews(told::add)) {
      assertThat(registration).isNotNull();
      appendMoves("a", 3);
      Await.until(() -> told.contains(4L));
      appendMoves("a", 1);
      Await.until(() -> told.contains(5L));
    }
    appendMoves("a", 1);

    assertThat(told).doesNotHaveDuplicates().isSorted().endsWith(5L).doesNotContain(1L);
  }

  @Test
  void a_listener_that_throws_is_told_again() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    try (Registration registration =
        daybook
            .notifier()
            .onNews(
                position -> {
                  twice.countDown();
                  throw new IllegalStateException("no");
                })) {
      assertThat(registration).isNotNull();
      appendMoves("a", 1);
      Await.until(() -> twice.getCount() == 1);
      appendMoves("a", 1);
      Await.reached(twice);
    }
  }

  @Test
  void others_writes_are_heard_of_by_polling_where_there_are_others() throws Exception {
    if (database.isShared()) {
      openWith(options -> options.pollInterval(Duration.ofMillis(5)));
      var other = open(options -> {}).journal(ParcelEvent.class);
      FutureTask<Boolean> wait = waiting(() -> daybook.notifier().awaitPosition(1, LONG));
      other.append("a", ExpectedSeq.any(), ParcelEvent.delivered());

      assertThat(Await.result(wait)).isTrue();
      Await.until(() -> pollers().isEmpty());
    } else {
      assertThatThrownBy(
              () -> open(options -> options.pollInterval(Duration.ofMillis(5))).schemaVersion())
          .isInstanceOfSatisfying(
              OpenException.class,
              e -> assertThat(e.reason()).isEqualTo(OpenException.Reason.OPTION));
    }
  }

  @Test
  void a_signal_stands_in_for_polling() throws Exception {
    if (database.isShared()) {
      openWith(options -> options.pollInterval(Duration.ZERO));
      var other = open(options -> {}).journal(ParcelEvent.class);
      FutureTask<Boolean> wait = waiting(() -> daybook.notifier().awaitPosition(1, LONG));
      other.append("a", ExpectedSeq.any(), ParcelEvent.delivered());
      assertThat(wait).isNotDone();
      daybook.notifier().signal();

      assertThat(Await.result(wait)).isTrue();
    } else {
      FutureTask<Boolean> wait =
          waiting(() -> daybook.notifier().awaitPosition(1, Duration.ofMillis(50)));
      daybook.notifier().signal();

      assertThat(Await.result(wait)).isFalse();
    }
    daybook.close();
    assertThatThrownBy(() -> daybook.notifier().signal()).isInstanceOf(ClosedException.class);
  }

  @Test
  void an_interval_that_is_none_is_refused() {
    assertThatThrownBy(() -> open(options -> options.pollInterval(Duration.ofMillis(-1))))
        .isInstanceOf(InvalidInputException.class);
  }

  private static FutureTask<Boolean> waiting(Callable<Boolean> work) {
    FutureTask<Boolean> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "waiting");
    thread.setDaemon(true);
    thread.start();
    Await.until(() -> awaitsChanges(thread) || task.isDone());
    return task;
  }

  /** It may wait for something else before, such as a connection. */
  private static boolean awaitsChanges(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(CommitSignal.Watch.class.getName()))
        && thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static List<String> pollers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter("daybook-poller"::equals)
        .toList();
  }
}
