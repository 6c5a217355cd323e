package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.journal.StreamState;
import dev.daybook.recovery.Recovery;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferProgress.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Calls of several transactions that end by their deadline: copies, moves and decisions. */
public abstract class LongCallDeadlineConformance extends BoundedCallsConformance {

  protected LongCallDeadlineConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_copy_that_ends_by_its_deadline_is_continued_by_the_next() {
    Duration time = SOON;
    try (Daybook target = Daybook.inMemory()) {
      boolean begun = false;
      while (!begun) {
        time = time.multipliedBy(2);
        begun = isBegun(time, target);
      }
      assertThat(daybook.copyTo(target).isComplete()).isTrue();
    }
  }

  /** Makes a copy that lets its time pass once it has begun; says whether it had time to begin. */
  private boolean isBegun(Duration time, Daybook target) {
    TransferOptions options =
        TransferOptions.defaults()
            .withProgress(
                (step, done, total) -> {
                  if (step == Step.EVENTS) {
                    pass(time);
                  }
                });
    Throwable failure = catchThrowable(() -> daybook.withDeadline(time).copyTo(target, options));
    assertThat(failure)
        .isInstanceOfAny(DeadlineException.class, OutcomeUnknownException.class)
        .hasMessageContaining("deadline");
    return failure instanceof OutcomeUnknownException;
  }

  @Test
  void a_move_that_ends_by_its_deadline_is_continued_by_the_next() {
    Duration[] time = {SOON};
    Consumer<DaybookBuilder> slow =
        options ->
            options.sqlListener(
                sql -> {
                  if (sql.startsWith("insert into")) {
                    pass(time[0]);
                  }
                });
    DaybookBuilder builder = Daybook.builder(directory.resolve("archive.db"));
    slow.accept(builder);
    try (Daybook archive = builder.build()) {
      Throwable failure = new DeadlineException("none yet", null);
      while (failure instanceof DeadlineException) {
        assertThat(daybook.streams().status("a").state()).isEqualTo(StreamState.ACTIVE);
        time[0] = time[0].multipliedBy(2);
        failure =
            catchThrowable(
                () -> daybook.withDeadline(time[0]).streams().archiveTo("a", archive.streams()));
      }
      assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
      assertThat(daybook.streams().status("a").state()).isEqualTo(StreamState.ARCHIVED);
      assertThat(daybook.streams().status("a").moved()).isFalse();

      time[0] = Duration.ZERO;
      assertThat(daybook.streams().archiveTo("a", archive.streams()).events()).isEqualTo(3);
      assertThat(daybook.streams().status("a").moved()).isTrue();
    }
  }

  @Test
  void a_decision_waits_for_its_turn_until_the_deadline() {
    Recovery<Long, ParcelEvent> counts =
        Recovery.of(
            daybook.withDeadline(SOON).journal(ParcelEvent.class), () -> 0L, (n, e) -> n + 1);
    Recovery<Long, ParcelEvent> once = counts.attempts(1);
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch decide = new CountDownLatch(1);
    FutureTask<Throwable> first =
        new FutureTask<>(
            () ->
                catchThrowable(
                    () ->
                        once.execute(
                            "a",
                            state -> {
                              deciding.countDown();
                              decide.await();
                              return List.of();
                            })));
    new Thread(first).start();
    Await.reached(deciding);

    assertThatThrownBy(() -> counts.execute("a", state -> List.of(moved(1))))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("waited for its turn");

    decide.countDown();
    Await.until(first::isDone);
    assertThat(journal.highestSeq("a")).isEqualTo(3);
  }

  @Test
  void bounded_streams_move_between_bounded_stores() {
    try (Daybook other = database.isShared() ? Daybook.inMemory() : database.open()) {
      assertThat(
              daybook
                  .withDeadline(LATE)
                  .streams()
                  .archiveTo("a", other.withDeadline(LATE).streams())
                  .events())
          .isEqualTo(3);
    }
  }
}
