package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.StreamStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stream in each state of its life takes, and what it refuses. */
public abstract class StreamStateUseConformance extends StreamStatesConformance {

  protected StreamStateUseConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
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
      assertThat(refused.reason()).contains("court order 7");
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
}
