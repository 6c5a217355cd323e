package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.transfer.TransferException.Reason;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A copy that is broken off, or whose source is written meanwhile: the next one finishes it. */
public abstract class InterruptedCopyConformance extends CopyingConformance {

  protected InterruptedCopyConformance(
      Function<Path, DatabaseFixture> sources, Function<Path, DatabaseFixture> targets) {
    super(sources, targets);
  }

  @Test
  void a_copy_that_was_interrupted_anywhere_is_finished_by_the_next() {
    FilledStore.fill(source);
    StoredStore before = StoredStore.of(source);
    int interruptions = 0;
    while (true) {
      AtomicInteger left = new AtomicInteger(interruptions);
      Throwable thrown =
          catchThrowable(
              () ->
                  copy(
                      (step, done, total) -> {
                        if (left.getAndDecrement() == 0) {
                          throw new Interruption();
                        }
                      }));
      if (thrown == null) {
        break;
      }
      assertThat(thrown).isInstanceOf(Interruption.class);
      interruptions++;
      if (interruptions % 5 == 0) {
        changeSomething(source, interruptions);
        before = StoredStore.of(source);
      }
    }

    assertThat(interruptions).as("reports of progress").isGreaterThanOrEqualTo(15);
    assertThat(StoredStore.of(target)).isEqualTo(before);
    assertThat(source.copyTo(target).isComplete()).isTrue();
  }

  @Test
  void what_is_written_to_the_source_meanwhile_is_caught_up_with() {
    FilledStore.fill(source);
    Set<Step> seen = EnumSet.noneOf(Step.class);
    AtomicInteger changes = new AtomicInteger();

    TransferReport report =
        copy(
            (step, done, total) -> {
              if (step != Step.VERIFY && step != Step.TARGET && seen.add(step)) {
                changeSomething(source, changes.incrementAndGet());
              }
            });

    assertThat(changes).hasValue(5);
    assertThat(report.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_source_that_is_written_all_the_time_is_said_to_be_ahead_and_then_caught_up_with() {
    FilledStore.fill(source);
    AtomicInteger changes = new AtomicInteger();

    TransferReport behind =
        copy(
            (step, done, total) -> {
              if (step == Step.STREAMS) {
                changeSomething(source, changes.incrementAndGet());
              }
            });

    assertThat(behind.isBehind()).isTrue();
    assertThat(behind.isComplete()).isFalse();
    assertThat(behind.eventsBehind()).isEqualTo(1);
    assertThat(behind.rowsBehind()).isPositive();
    assertThat(behind.content()).isEmpty();

    TransferReport further = source.copyTo(target);
    assertThat(further.copiedEvents()).isEqualTo(1);
    assertThat(further.isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void what_is_written_while_both_are_compared_is_behind() {
    FilledStore.fill(source);
    AtomicBoolean written = new AtomicBoolean();
    TransferProgress progress =
        (step, done, total) -> {
          if (step == Step.VERIFY && !written.getAndSet(true)) {
            changeSomething(source, 1);
          }
        };

    if (sourceDatabase.isShared()) {
      TransferReport report = copy(progress);
      assertThat(report.eventsBehind()).isEqualTo(1);
      assertThat(report.content().orElseThrow().events()).isEqualTo(16);
      assertThat(report.mismatches()).isEmpty();
    } else {
      assertThatThrownBy(() -> copy(progress)).isInstanceOf(IllegalStateException.class);
      changeSomething(source, 1);
    }
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void writers_and_a_copy_at_once_lose_nothing() {
    FilledStore.fill(source);
    List<Journal<ParcelEvent>> journals = List.of(journal, source.journal(ParcelEvent.class));

    List<ConcurrentRendezvous.Outcome<Integer>> outcomes =
        ConcurrentRendezvous.collide(
            3,
            n ->
                () -> {
                  if (n == 2) {
                    copy((step, done, total) -> {});
                  } else {
                    for (int i = 0; i < 100; i++) {
                      journals.get(n).append("w" + n, ExpectedSeq.exactly(i), moved(i));
                      if (i % 10 == 9) {
                        journals.get(n).delete("w" + n, i - 5);
                      }
                    }
                  }
                  return n;
                });

    outcomes.forEach(ConcurrentRendezvous.Outcome::orThrow);
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_run_that_another_one_has_overtaken_writes_nothing_any_more() {
    FilledStore.fill(source);
    AtomicBoolean overtaken = new AtomicBoolean();

    assertRefused(
        Reason.TAKEN_OVER,
        () ->
            copy(
                (step, done, total) -> {
                  if (step == Step.STREAMS && !overtaken.getAndSet(true)) {
                    assertThat(source.copyTo(target).isComplete()).isTrue();
                  }
                }));

    assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    assertThat(source.copyTo(target).isComplete()).isTrue();
  }
}
