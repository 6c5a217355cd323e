package dev.daybook.conformance;

import static dev.daybook.conformance.FilledStore.META;
import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.transfer.TransferException.Reason;
import dev.daybook.transfer.TransferProgress.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no source, or no target, of a copy: it is refused, and the target left alone. */
public abstract class CopyRefusalConformance extends CopyingConformance {

  protected CopyRefusalConformance(
      Function<Path, DatabaseFixture> sources, Function<Path, DatabaseFixture> targets) {
    super(sources, targets);
  }

  /** What somebody else may have in a store. */
  private enum Foreign {
    EVENT {
      @Override
      void put(Daybook daybook) {
        daybook.journal(ParcelEvent.class).append("foreign", ExpectedSeq.any(), moved(1));
      }
    },
    DOCUMENT {
      @Override
      void put(Daybook daybook) {
        daybook.documents().append("foreign", META);
      }
    },
    CHECKPOINT {
      @Override
      void put(Daybook daybook) {
        daybook.checkpoints().save("foreign", 1);
      }
    },
    SNAPSHOT {
      @Override
      void put(Daybook daybook) {
        daybook.snapshots(Integer.class).save("foreign", 1, 1);
      }
    },
    DEAD_LETTER {
      @Override
      void put(Daybook daybook) {
        FilledStore.park(daybook, "foreign", 1, "failed");
      }
    };

    abstract void put(Daybook daybook);
  }

  @ParameterizedTest
  @EnumSource(Foreign.class)
  void a_target_with_content_of_its_own_is_refused_and_left_alone(Foreign foreign) {
    FilledStore.fill(source);
    foreign.put(target);
    StoredStore before = StoredStore.of(target);

    assertRefused(Reason.TARGET_NOT_EMPTY, () -> source.copyTo(target));

    assertThat(StoredStore.of(target)).isEqualTo(before);
    assertThat(rowsOfCopies(target)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Foreign.class)
  void a_target_that_was_used_after_the_copy_is_refused_and_left_alone(Foreign foreign) {
    FilledStore.fill(source);
    source.copyTo(target);
    foreign.put(target);
    StoredStore before = StoredStore.of(target);
    foreign.put(source);

    assertRefused(Reason.TARGET_CHANGED, () -> source.copyTo(target));

    assertThat(StoredStore.of(target)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "VERIFY", mode = EnumSource.Mode.EXCLUDE)
  void an_event_that_somebody_else_appends_is_never_taken_for_one_that_was_deleted(Step step) {
    FilledStore.fill(source);
    AtomicBoolean appended = new AtomicBoolean();

    assertRefused(
        Reason.TARGET_CHANGED,
        () ->
            copy(
                (now, done, total) -> {
                  if (now == step && !appended.getAndSet(true)) {
                    Foreign.EVENT.put(target);
                  }
                }));
    assertThat(target.rawJournal().read(EventQuery.stream("foreign"))).hasSize(1);
    assertRefused(Reason.TARGET_CHANGED, () -> source.copyTo(target));
  }

  @Test
  void the_copy_of_another_source_is_refused_and_left_alone() {
    FilledStore.fill(source);
    Daybook other = open(database(sources, "other"), options -> {});
    other.journal(ParcelEvent.class).append("x", ExpectedSeq.any(), moved(1));
    for (boolean interrupted : List.of(true, false)) {
      Daybook there = open(database(targets, "there-" + interrupted), options -> {});
      if (interrupted) {
        interruptAt(other, there, Step.VERIFY);
      } else {
        other.copyTo(there);
      }
      StoredStore before = StoredStore.of(there);

      assertRefused(Reason.OTHER_SOURCE, () -> source.copyTo(there));

      assertThat(StoredStore.of(there)).isEqualTo(before);
      assertThat(other.copyTo(there).isComplete()).isTrue();
    }
  }

  @Test
  void without_events_the_copy_of_another_source_is_known_by_its_documents() {
    source.documents().append("ours", META);
    Daybook other = open(database(sources, "other"), options -> {});
    other.documents().append("theirs", META);
    other.copyTo(target);

    assertRefused(Reason.OTHER_SOURCE, () -> source.copyTo(target));
  }

  @Test
  void an_older_state_of_the_source_that_has_gone_another_way_is_another_source() {
    FilledStore.fill(source);
    Daybook older = open(database(sources, "older"), options -> {});
    source.copyTo(older);
    journal.append("a", ExpectedSeq.any(), moved(10));
    source.copyTo(target);
    older.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(11));
    older.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(12));

    assertRefused(Reason.OTHER_SOURCE, () -> older.copyTo(target));
  }

  @Test
  void an_unfinished_copy_is_no_source() {
    FilledStore.fill(source);
    interruptAt(source, target, Step.STREAMS);
    Daybook third = open(database(targets, "third"), options -> {});

    assertRefused(Reason.SOURCE_UNFINISHED, () -> target.copyTo(third));

    assertThat(rowsOfCopies(third)).isZero();
    assertThat(source.copyTo(target).isComplete()).isTrue();
    assertThat(target.copyTo(third).isComplete()).isTrue();
    assertThat(StoredStore.of(third)).isEqualTo(StoredStore.of(source));
  }

  @Test
  void a_store_is_not_copied_to_itself() {
    FilledStore.fill(source);
    assertThatThrownBy(() -> source.copyTo(source)).isInstanceOf(InvalidInputException.class);
    Daybook another = open(sourceDatabase, options -> {});
    Daybook empty = open(targetDatabase, options -> {});

    if (sourceDatabase.isShared()) {
      assertThatThrownBy(() -> source.copyTo(another)).isInstanceOf(InvalidInputException.class);
    } else {
      assertThat(source.copyTo(another).isComplete()).isTrue();
    }
    if (targetDatabase.isShared()) {
      assertThatThrownBy(() -> target.copyTo(empty)).isInstanceOf(InvalidInputException.class);
      source.copyTo(target);
      assertThatThrownBy(() -> target.copyTo(empty)).isInstanceOf(InvalidInputException.class);
      assertThat(source.copyTo(target).isComplete()).isTrue();
    } else {
      assertThat(target.copyTo(empty).isComplete()).isTrue();
    }
  }
}
