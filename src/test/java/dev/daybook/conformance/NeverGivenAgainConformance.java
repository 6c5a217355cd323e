package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.fixture.StoreTables;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No sequence number of a stream and no position is given twice, whatever has become of the events
 * that had them: whether every append writes its stream's row, or the newest event says how far the
 * stream is.
 */
public abstract class NeverGivenAgainConformance extends TwoStoresConformance {

  private static final String STREAM = "newest";
  private static final int EVENTS = 3;

  private long highest;

  /**
   * @param databases the databases that streams are moved from
   * @param others the ones that they are moved or copied to
   */
  protected NeverGivenAgainConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> others) {
    super(databases, others);
  }

  /** A stream with several appends, of which the last has the newest events of all. */
  @BeforeEach
  void append() {
    appendMoves(STREAM, 1);
    appendMoves("other", 2);
    highest = last(appendMoves(STREAM, EVENTS - 1)).position();
  }

  /** How events get lost: by the journal, or by somebody's own SQL. */
  enum Loss {
    ALL_DELETED {
      @Override
      void happen(Daybook daybook) {
        assertThat(daybook.rawJournal().delete(STREAM, EVENTS)).isEqualTo(EVENTS);
      }
    },
    SOME_DELETED {
      @Override
      void happen(Daybook daybook) {
        assertThat(daybook.rawJournal().delete(STREAM, EVENTS - 1)).isEqualTo(EVENTS - 1);
      }
    },
    NEWEST_BY_HAND {
      @Override
      void happen(Daybook daybook) {
        byHand(daybook, Tables.EVENTS.SEQ.eq((long) EVENTS));
      }
    },
    ALL_BY_HAND {
      @Override
      void happen(Daybook daybook) {
        byHand(daybook, DSL.trueCondition());
      }
    };

    abstract void happen(Daybook daybook);

    private static void byHand(Daybook daybook, Condition which) {
      daybook.transaction(
          tx ->
              StoreTables.in(tx)
                  .deleteFrom(Tables.EVENTS)
                  .where(Tables.EVENTS.STREAM_ID.eq(STREAM))
                  .and(which)
                  .execute());
    }
  }

  @ParameterizedTest
  @EnumSource
  void after_events_are_lost_the_stream_and_the_journal_go_on_behind_them(Loss loss) {
    loss.happen(daybook);

    requireToGoOn();
  }

  @ParameterizedTest
  @EnumSource
  void the_same_is_so_for_whoever_opens_the_store_next(Loss loss) {
    loss.happen(daybook);
    if (database.isShared()) {
      openWith(options -> {});
    }

    requireToGoOn();
  }

  @ParameterizedTest
  @EnumSource
  void a_loss_that_is_rolled_back_leaves_everything(Loss loss) {
    List<RecordedEvent<ParcelEvent>> before = everything();
    RuntimeException failure = new IllegalStateException("rolled back");

    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      StoreTables.in(tx)
                          .deleteFrom(Tables.EVENTS)
                          .where(Tables.EVENTS.STREAM_ID.eq(STREAM))
                          .execute();
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(everything()).isEqualTo(before);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();

    loss.happen(daybook);
    requireToGoOn();
  }

  @Test
  void a_stream_goes_on_after_each_change_of_its_state() {
    streams.archive(STREAM);
    assertThat(streams.status(STREAM).lastSeq()).isEqualTo(EVENTS);
    streams.restore(STREAM);
    streams.tombstone(STREAM, "a mistake");
    assertThat(streams.status(STREAM).lastSeq()).isEqualTo(EVENTS);
    streams.restore(STREAM);

    requireToGoOn();
  }

  @Test
  void a_deleted_stream_keeps_its_numbers_and_the_journal_goes_on() {
    streams.delete(STREAM);

    assertThat(streams.status(STREAM).lastSeq()).isEqualTo(EVENTS);
    assertThat(appendMoves("other", 1).get(0).position()).isGreaterThan(highest);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void a_stream_that_was_moved_away_and_back_goes_on() {
    streams.archiveTo(STREAM, archives);
    assertThat(archives.status(STREAM).lastSeq()).isEqualTo(EVENTS);
    assertThat(appendMoves("other", 1).get(0).position()).isGreaterThan(highest);
    streams.restoreFrom(STREAM, archives);

    requireToGoOn();
    assertThat(archive.maintenance().verify().findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL_DELETED", "SOME_DELETED"})
  void a_copy_goes_on_where_the_store_would(Loss loss) {
    loss.happen(daybook);

    daybook.copyTo(archive);

    assertThat(archived.highestSeq(STREAM)).isEqualTo(EVENTS);
    assertThat(archives.status(STREAM)).isEqualTo(streams.status(STREAM));
    RecordedEvent<ParcelEvent> next =
        archived.append(STREAM, ExpectedSeq.exactly(EVENTS), ParcelEvent.moved(1));
    assertThat(next.seq()).isEqualTo(EVENTS + 1);
    assertThat(next.position()).isGreaterThan(highest);
    assertThat(archive.maintenance().verify().findings()).isEmpty();
  }

  private void requireToGoOn() {
    assertThat(journal.highestSeq(STREAM)).isEqualTo(EVENTS);
    assertThat(daybook.streams().status(STREAM).lastSeq()).isEqualTo(EVENTS);
    assertThatThrownBy(
            () -> journal.append(STREAM, ExpectedSeq.exactly(EVENTS - 1), ParcelEvent.moved(1)))
        .isInstanceOfSatisfying(
            ConflictException.class, e -> assertThat(e.actual()).isEqualTo(EVENTS));
    RecordedEvent<ParcelEvent> next =
        journal.append(STREAM, ExpectedSeq.exactly(EVENTS), ParcelEvent.moved(1));
    assertThat(next.seq()).isEqualTo(EVENTS + 1);
    assertThat(next.position()).isGreaterThan(highest);
    assertThat(last(appendMoves("new", 1)).position()).isGreaterThan(next.position());
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
