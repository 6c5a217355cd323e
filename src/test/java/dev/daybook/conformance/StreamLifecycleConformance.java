package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamQuery;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamStateException;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.recovery.Recovery;
import dev.daybook.settings.Limits;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.StreamStatus;
import dev.daybook.stream.Streams;
import dev.daybook.stream.UnknownStreamException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream in each state of its life: what it takes, what it refuses, and how it goes on. */
public abstract class StreamLifecycleConformance extends JournalConformance {

  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00.123Z");
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00.456Z");

  private volatile Instant time = NINE;
  private Streams streams;

  protected StreamLifecycleConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** The states that an active stream can be brought into. */
  enum InState {
    ACTIVE,
    ARCHIVED,
    TOMBSTONED,
    DELETED;

    void bring(Streams streams) {
      switch (this) {
        case ACTIVE -> streams.restore("a");
        case ARCHIVED -> streams.archive("a");
        case TOMBSTONED -> streams.tombstone("a", "fraud");
        case DELETED -> streams.delete("a");
      }
    }
  }

  @BeforeEach
  void openWithOwnTime() {
    openWith(it -> it.clock(new OwnClock()));
    streams = daybook.streams();
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

  @Test
  void an_archived_stream_is_read_as_before_and_refuses_appends() {
    appendTagged("a", "t");
    appendMoves("a", 2);
    List<RecordedEvent<ParcelEvent>> before = readStream("a");

    streams.archive("a");

    assertThat(readStream("a")).isEqualTo(before);
    assertThat(everything()).isEqualTo(before);
    assertThat(journal.raw().read(EventQuery.stream("a").from(2))).hasSize(2);
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).hasSize(1);
    StreamArchivedException refused =
        refused(
            StreamArchivedException.class,
            () -> journal.append("a", ExpectedSeq.exactly(3), moved(4)));
    assertThat(refused.streamId()).isEqualTo("a");
    assertThat(refused.since()).isEqualTo(NINE);
    assertThat(refused.moved()).isFalse();
    assertThat(refused).hasMessageContaining("\"a\"").hasMessageContaining(NINE.toString());
    assertThat(everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "ACTIVE", mode = EnumSource.Mode.EXCLUDE)
  void a_stream_that_is_not_active_refuses_every_write_and_nothing_of_it_is_written(InState in) {
    appendMoves("a", 3);
    in.bring(streams);
    StreamStatus before = streams.status("a");

    refusedInState(in, () -> journal.append("a", ExpectedSeq.any(), moved(4)));
    refusedInState(in, () -> journal.append("a", ExpectedSeq.exactly(99), moved(4)));
    refusedInState(in, () -> journal.append(Append.of("a", ExpectedSeq.any(), moves(2))));
    refusedInState(
        in,
        () ->
            journal.appendAll(
                List.of(
                    Append.of("b", ExpectedSeq.any(), moves(1)),
                    Append.of("a", ExpectedSeq.any(), moves(1)))));
    refusedInState(
        in,
        () -> {
          Append<EncodedEvent> raw =
              Append.of(
                  "a",
                  ExpectedSeq.any(),
                  List.of(NewEvent.of(EncodedEvent.json("ParcelEvent.Moved", "{\"leg\":1}"))));
          daybook.rawJournal().append(raw);
        });
    refusedInState(in, () -> journal.delete("a", 1));
    refusedInState(in, () -> journal.raiseHighWaterMark("a", 3));

    assertThat(streams.status("a")).isEqualTo(before);
    assertThat(journal.highestSeq("a")).isEqualTo(3);
    assertThat(streams.status("b").state()).isEqualTo(StreamState.UNKNOWN);
    assertThat(everything()).hasSize(in == InState.DELETED ? 0 : 3);
    assertThat(journal.append(Append.of("a", ExpectedSeq.any(), List.of())))
        .as("an append of nothing checks nothing")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void an_append_that_was_recorded_before_is_answered_as_long_as_the_stream_is_read(InState in) {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), moves(2)).withIdempotencyKey("k");
    List<RecordedEvent<ParcelEvent>> recorded = journal.append(append);

    in.bring(streams);

    switch (in) {
      case ACTIVE, ARCHIVED -> assertThat(journal.append(append)).isEqualTo(recorded);
      case TOMBSTONED, DELETED -> refusedInState(in, () -> journal.append(append));
    }
    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMBSTONED", "DELETED"})
  void a_tombstoned_or_deleted_stream_refuses_every_read_of_it(InState in) {
    appendMoves("a", 3);
    in.bring(streams);

    List<StreamQuery> queries =
        List.of(
            EventQuery.stream("a"),
            EventQuery.stream("a").from(2).to(3),
            EventQuery.stream("a").newestFirst().limit(1),
            EventQuery.stream("a").limit(0),
            EventQuery.stream("a").ofTypes("ParcelEvent.Moved"));
    for (StreamQuery query : queries) {
      refusedInState(in, () -> journal.read(query));
      refusedInState(in, () -> journal.raw().read(query));
      refusedInState(in, () -> daybook.rawJournal().read(query));
      refusedInState(in, () -> countStreamed(query));
      refusedInState(
          in,
          () ->
              daybook.transaction(tx -> daybook.within(tx).journal(ParcelEvent.class).read(query)));
    }
  }

  @Test
  void the_errors_of_a_tombstone_say_why_and_when() {
    appendMoves("a", 1);
    streams.tombstone("a", "court order 7");

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> readStream("a"), () -> journal.append("a", ExpectedSeq.any(), moved(2)))) {
      StreamTombstonedException refused = refused(StreamTombstonedException.class, use);
      assertThat(refused.streamId()).isEqualTo("a");
      assertThat(refused.reason()).isEqualTo("court order 7");
      assertThat(refused.since()).isEqualTo(NINE);
      assertThat(refused)
          .hasMessageContaining("\"a\"")
          .hasMessageContaining("court order 7")
          .hasMessageContaining(NINE.toString());
    }
  }

  @Test
  void reads_of_the_whole_journal_hand_out_a_tombstoned_streams_events() {
    appendMoves("b", 1);
    appendTagged("a", "t");
    List<RecordedEvent<ParcelEvent>> before = everything();

    streams.tombstone("a", "fraud");

    assertThat(everything()).isEqualTo(before);
    assertThat(journal.read(EventQuery.all().taggedAllOf("t"))).hasSize(1);
    assertThat(journal.latestPosition()).isEqualTo(before.get(1).position());
    assertThat(journal.highestSeq("a")).isEqualTo(1);
    assertThat(streamIds("")).containsExactly("a", "b");
    assertThat(readStream("b")).hasSize(1);
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

  @Test
  void a_tombstoned_stream_is_not_recovered_even_from_its_snapshot() {
    appendMoves("a", 2);
    SnapshotStore<Integer> snapshots = daybook.snapshots(Integer.class);
    snapshots.save("a", 2, 2);
    Recovery<Integer, ParcelEvent> recovery =
        Recovery.of(journal, snapshots, () -> 0, (sum, event) -> sum + 1);

    streams.archive("a");
    assertThat(recovery.recover("a").state()).isEqualTo(2);
    streams.tombstone("a", "fraud");
    refused(StreamTombstonedException.class, () -> recovery.recover("a"));
    streams.restore("a");
    assertThat(recovery.recover("a").state()).isEqualTo(2);
    streams.delete("a");
    refused(StreamDeletedException.class, () -> recovery.recover("a"));
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
  void the_name_of_a_deleted_stream_is_taken_and_the_error_says_since_when() {
    appendMoves("a", 2);
    streams.delete("a");

    StreamDeletedException refused =
        refused(
            StreamDeletedException.class,
            () -> journal.append("a", ExpectedSeq.noStream(), moved(1)));

    assertThat(refused.streamId()).isEqualTo("a");
    assertThat(refused.since()).isEqualTo(NINE);
    assertThat(refused)
        .hasMessageContaining("deleted")
        .hasMessageContaining(NINE.toString())
        .hasMessageContaining("name can't be used again");
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_in_each_state_is_healthy(InState in) {
    appendTagged("a", "t");
    appendMoves("a", 3);
    journal.delete("a", 1);
    daybook.snapshots(Integer.class).save("a", 1, 1);

    in.bring(streams);

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
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

  private static StreamStatus status(
      StreamState state,
      long lastSeq,
      long deletedTo,
      @Nullable String reason,
      @Nullable Instant changedAt) {
    return new StreamStatus.Values(
        "a",
        state,
        lastSeq,
        deletedTo,
        false,
        Optional.ofNullable(reason),
        Optional.ofNullable(changedAt));
  }

  private static void refusedInState(InState in, ThrowingCallable use) {
    switch (in) {
      case ARCHIVED -> refused(StreamArchivedException.class, use);
      case TOMBSTONED -> refused(StreamTombstonedException.class, use);
      case DELETED -> refused(StreamDeletedException.class, use);
      case ACTIVE -> throw new AssertionError("an active stream refuses nothing");
    }
  }

  private static <X extends Throwable> X refused(Class<X> type, ThrowingCallable use) {
    X refused = catchThrowableOfType(type, use);
    if (refused == null) {
      throw new AssertionError("expected a " + type.getSimpleName() + ", and nothing was thrown");
    }
    return refused;
  }

  /** Says what time the test wants it to be. */
  private final class OwnClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time;
    }
  }
}
