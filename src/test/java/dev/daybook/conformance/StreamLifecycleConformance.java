package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamStateException;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.settings.Limits;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.stream.UnknownStreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a stream goes from one state of its life to another, and what of it is left. */
public abstract class StreamLifecycleConformance extends StreamStatesConformance {

  protected StreamLifecycleConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_stream_is_unknown_before_its_first_append_and_active_after_it() {
    assertThat(streams.status("a")).isEqualTo(status(StreamState.UNKNOWN, 0, 0, null, null));

    appendMoves("a", 3);
    journal.delete("a", 1);

    assertThat(streams.status("a")).isEqualTo(status(StreamState.ACTIVE, 3, 1, null, null));
  }

  @Test
  void the_status_follows_a_stream_through_its_life() {
    appendMoves("a", 3);

    streams.archive("a");
    assertThat(streams.status("a")).isEqualTo(status(StreamState.ARCHIVED, 3, 0, null, NINE));
    time = TEN;
    streams.tombstone("a", "court order 7");
    assertThat(streams.status("a"))
        .isEqualTo(status(StreamState.TOMBSTONED, 3, 0, "court order 7", TEN));
    time = NINE;
    streams.restore("a");
    assertThat(streams.status("a")).isEqualTo(status(StreamState.ACTIVE, 3, 0, null, NINE));
    time = TEN;
    streams.delete("a");
    assertThat(streams.status("a")).isEqualTo(status(StreamState.DELETED, 3, 3, null, TEN));
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCHIVED", "TOMBSTONED"})
  void restoring_brings_a_stream_back_and_its_numbers_go_on(InState in) {
    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 3);
    in.bring(streams);

    streams.restore("a");

    assertThat(readStream("a")).isEqualTo(recorded);
    assertThat(journal.append("a", ExpectedSeq.exactly(3), moved(4)).seq()).isEqualTo(4);
    assertThat(journal.delete("a", 4)).isEqualTo(4);
  }

  @Test
  void a_stream_that_was_archived_and_then_tombstoned_is_restored_to_active() {
    appendMoves("a", 1);
    streams.archive("a");
    streams.tombstone("a", "fraud");

    streams.restore("a");

    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(names = "DELETED", mode = EnumSource.Mode.EXCLUDE)
  void deleting_leaves_nothing_of_a_stream_but_its_number(InState in) {
    appendTagged("a", "t", "u");
    long last = appendTagged("a", "t").position();
    daybook.snapshots(Integer.class).save("a", 1, 1);
    daybook.snapshots(Integer.class).save("b", 1, 1);
    in.bring(streams);
    time = TEN;

    assertThat(streams.delete("a")).isEqualTo(2);

    assertThat(everything()).isEmpty();
    assertThat(journal.stats().tags()).isZero();
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).isEmpty();
    try (Stream<SnapshotInfo> snapshots = daybook.snapshots(Integer.class).listAll()) {
      assertThat(snapshots).extracting(SnapshotInfo::streamId).containsExactly("b");
    }
    assertThat(streams.status("a")).isEqualTo(status(StreamState.DELETED, 2, 2, null, TEN));
    assertThat(streamIds("")).containsExactly("a");
    assertThat(appendMoves("b", 1).get(0).position()).isGreaterThan(last);
  }

  @Test
  void an_unknown_stream_is_an_error_and_stays_unknown() {
    for (ThrowingCallable change :
        List.<ThrowingCallable>of(
            () -> streams.archive("a"),
            () -> streams.restore("a"),
            () -> streams.tombstone("a", "fraud"),
            () -> streams.delete("a"))) {
      UnknownStreamException unknown = refused(UnknownStreamException.class, change);
      assertThat(unknown.streamId()).isEqualTo("a");
      assertThat(unknown).hasMessageContaining("\"a\" is unknown");
    }
    assertThat(streams.status("a").state()).isEqualTo(StreamState.UNKNOWN);
    assertThat(streamIds("")).isEmpty();
  }

  @Test
  void a_deleted_stream_stays_deleted() {
    appendMoves("a", 1);
    streams.delete("a");

    refused(StreamDeletedException.class, () -> streams.archive("a"));
    refused(StreamDeletedException.class, () -> streams.restore("a"));
    refused(StreamDeletedException.class, () -> streams.tombstone("a", "fraud"));
    assertThat(refused(UnknownStreamException.class, () -> streams.delete("a")))
        .hasMessageContaining("deleted at " + NINE);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.DELETED);
  }

  @Test
  void the_same_change_again_does_nothing() {
    appendMoves("a", 1);
    streams.restore("a");
    assertThat(streams.status("a").changedAt()).isEmpty();
    streams.archive("a");
    time = TEN;
    streams.archive("a");
    assertThat(streams.status("a").changedAt()).contains(NINE);

    time = NINE;
    streams.tombstone("a", "fraud");
    time = TEN;
    streams.tombstone("a", "fraud");
    assertThat(streams.status("a").changedAt()).contains(NINE);
  }

  @Test
  void a_tombstone_is_neither_archived_nor_given_another_reason() {
    appendMoves("a", 1);
    streams.tombstone("a", "fraud");

    assertThat(refused(StreamTombstonedException.class, () -> streams.tombstone("a", "other")))
        .hasMessageContaining("fraud");
    refused(StreamTombstonedException.class, () -> streams.archive("a"));

    assertThat(streams.status("a").reason()).contains("fraud");
  }

  @Test
  void a_tombstone_needs_no_reason() {
    appendMoves("a", 1);
    streams.tombstone("a");
    time = TEN;
    streams.tombstone("a");

    assertThat(streams.status("a").state()).isEqualTo(StreamState.TOMBSTONED);
    assertThat(streams.status("a").reason()).isEmpty();
    assertThat(streams.status("a").changedAt()).contains(NINE);
    StreamTombstonedException refused =
        refused(StreamTombstonedException.class, () -> readStream("a"));
    assertThat(refused).hasMessageEndingWith("was tombstoned at " + NINE + ", without a reason");
    assertThat(refused.reason()).isEmpty();
    refused(StreamTombstonedException.class, () -> streams.tombstone("a", "fraud"));
    assertThat(daybook.maintenance().verify().findings()).isEmpty();

    streams.restore("a");
    streams.tombstone("a", "fraud");
    refused(StreamTombstonedException.class, () -> streams.tombstone("a"));
    assertThat(streams.status("a").reason()).contains("fraud");
  }

  @Test
  void bad_input_is_refused_before_anything_is_written() {
    appendMoves("a", 1);
    for (String reason :
        List.of("", " \n", "x".repeat(Limits.MAX_REASON_LENGTH + 1), "a\0b", "\ud800")) {
      assertThatThrownBy(() -> streams.tombstone("a", reason))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("reason");
    }
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> streams.status(""),
            () -> streams.archive(""),
            () -> streams.restore(""),
            () -> streams.tombstone("", "fraud"),
            () -> streams.tombstone(""),
            () -> streams.delete(""))) {
      assertThatThrownBy(call).isInstanceOf(InvalidInputException.class);
    }
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    String longest = "ä\n".repeat(Limits.MAX_REASON_LENGTH / 2);
    streams.tombstone("a", longest);
    assertThat(streams.status("a").reason()).contains(longest);
  }

  @Test
  void a_change_of_state_belongs_to_the_callers_transaction() {
    appendMoves("a", 1);
    appendMoves("b", 1);
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      daybook.within(tx).streams().delete("a");
                      assertThat(daybook.within(tx).streams().status("a").state())
                          .isEqualTo(StreamState.DELETED);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(readStream("a")).hasSize(1);

    daybook.transaction(
        tx -> {
          daybook.within(tx).journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(2));
          daybook.within(tx).streams().archive("a");
          refused(
              StreamArchivedException.class,
              () ->
                  daybook
                      .within(tx)
                      .journal(ParcelEvent.class)
                      .append("a", ExpectedSeq.any(), moved(3)));
        });

    assertThat(readStream("a")).hasSize(2);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ARCHIVED);
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCHIVED", "TOMBSTONED"})
  void an_append_that_races_with_a_change_of_state_is_in_the_stream_or_refused(InState in) {
    int writers = 4;
    appendMoves("a", 1);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      tasks.add(this::appendUntilRefused);
    }
    tasks.add(
        () -> {
          in.bring(streams);
          return 0;
        });

    int appended = ConcurrentRendezvous.collide(tasks).stream().mapToInt(Outcome::orThrow).sum();

    assertThat(everything()).hasSize(1 + appended);
    assertThat(journal.highestSeq("a")).isEqualTo(1 + appended);
    streams.restore("a");
    assertThat(readStream("a")).hasSize(1 + appended);
  }

  private int appendUntilRefused() {
    int appended = 0;
    try {
      while (true) {
        journal.append("a", ExpectedSeq.any(), moved(appended));
        appended++;
      }
    } catch (StreamStateException e) {
      return appended;
    }
  }
}
