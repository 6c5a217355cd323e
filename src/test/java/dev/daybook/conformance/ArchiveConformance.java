package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamState;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.MovedStream;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Streams that are moved to another store and back: nothing of them is lost or doubled. */
public abstract class ArchiveConformance extends TwoStoresConformance {

  protected ArchiveConformance(Function<Path, DatabaseFixture> databases) {
    super(databases, databases);
  }

  /**
   * @param databases the databases that streams are moved from
   * @param archiveDatabases the ones that they are moved to
   */
  protected ArchiveConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> archiveDatabases) {
    super(databases, archiveDatabases);
  }

  @Test
  void everything_but_the_positions_survives_the_way_to_the_archive_and_back() {
    fillStream();
    StoredStream before = StoredStream.of(daybook, "a");
    List<RecordedEvent<ParcelEvent>> events =
        journal.with(SEALED).read(EventQuery.stream("a").to(8));

    MovedStream there = streams.archiveTo("a", archives);

    assertThat(StoredStream.of(archive, "a")).isEqualTo(before);
    assertThat(archived.with(SEALED).read(EventQuery.stream("a").to(8)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .isEqualTo(events);
    assertThat(there.events()).isEqualTo(before.events().size());
    assertThat(there.lastSeq()).isEqualTo(journal.highestSeq("a"));
    assertThat(there.contentHash()).matches("[0-9a-f]{64}");

    MovedStream back = streams.restoreFrom("a", archives);

    assertThat(StoredStream.of(daybook, "a")).isEqualTo(before);
    assertThat(back).isEqualTo(there);
    assertThat(journal.with(SEALED).read(EventQuery.stream("a").to(8)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .isEqualTo(events);
    assertThat(journal.raw().read(EventQuery.all().taggedAllOf("tag-2"))).hasSize(2);
  }

  @Test
  void an_event_that_was_put_aside_stays_so_until_its_stream_is_back() throws Exception {
    List<RecordedEvent<ParcelEvent>> handled = new CopyOnWriteArrayList<>();
    try (Subscription subscription = putAside(appendMoves("a", 2), handled)) {
      streams.archiveTo("a", archives);
      DeadLetter first = deadLetters().get(0);

      assertThat(daybook.subscriptions().retryDeadLetter("parcels", first.position())).isTrue();
      Await.until(() -> deadLetters().size() < 2 || deadLetters().get(0).attempts() == 2);
      assertThat(deadLetters()).extracting(DeadLetter::seq).containsExactly(1L, 2L);
      assertThat(deadLetters().get(0).error()).contains("moved to another store");
      assertThat(deadLetters().get(0).retryAskedAt()).isEmpty();
      assertThat(handled).isEmpty();

      streams.restoreFrom("a", archives);
      Await.position(subscription, journal.latestPosition());
      handled.clear();
      assertThat(daybook.subscriptions().retryDeadLetter("parcels", first.position())).isTrue();
      Await.until(() -> deadLetters().size() == 1);
      assertThat(handled).containsExactly(readStream("a").get(0));
    }
  }

  @Test
  void an_event_that_was_put_aside_is_not_lost_wherever_its_stream_is() throws Exception {
    putAside(appendMoves("a", 2), new ArrayList<>()).close();

    streams.archiveTo("a", archives);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();

    streams.restoreFrom("a", archives);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(deadLetters()).hasSize(2);
  }

  /** A subscription that has parked these events, and handles all that it is given from now on. */
  private Subscription putAside(
      List<RecordedEvent<ParcelEvent>> events, List<RecordedEvent<ParcelEvent>> handled)
      throws InterruptedException {
    AtomicBoolean bad = new AtomicBoolean(true);
    Subscription subscription =
        daybook
            .subscriptions()
            .start(
                Subscriber.of(
                        "parcels",
                        journal,
                        AtLeastOnce.<ParcelEvent>each(
                            event -> {
                              if (bad.get()) {
                                throw new IllegalStateException("bad event");
                              }
                              handled.add(event);
                            }))
                    .onFailure(OnFailure.park().withoutRetries()));
    long last = events.get(events.size() - 1).position();
    Await.position(subscription, last);
    bad.set(false);
    return subscription;
  }

  private List<DeadLetter> deadLetters() {
    return daybook.subscriptions().deadLetters("parcels");
  }

  @Test
  void a_moved_stream_leaves_its_name_and_its_number_and_says_where_to_look() {
    fillStream();
    long last = journal.highestSeq("a");

    streams.archiveTo("a", archives);

    assertThat(streams.status("a").state()).isEqualTo(StreamState.ARCHIVED);
    assertThat(streams.status("a").moved()).isTrue();
    assertThat(streams.status("a").reason()).isEmpty();
    assertThat(streams.status("a").lastSeq()).isEqualTo(last);
    assertThat(streams.status("a").deletedTo()).isEqualTo(last);
    assertThat(everything()).isEmpty();
    assertThat(journal.stats().tags()).isZero();
    assertThat(StoredStream.of(daybook, "a").snapshots()).isEmpty();
    for (Throwable refused :
        List.of(
            catchThrowable(() -> readStream("a")),
            catchThrowable(() -> appendMoves("a", 1)),
            catchThrowable(() -> streams.restore("a")),
            catchThrowable(() -> streams.tombstone("a", "fraud")))) {
      assertThat(refused)
          .isInstanceOf(StreamArchivedException.class)
          .hasMessageContaining("moved to another store");
      assertThat(((StreamArchivedException) refused).moved()).isTrue();
    }
    streams.archive("a");
    assertThat(streams.status("a").moved()).isTrue();
  }

  @Test
  void in_the_archive_a_stream_is_archived_and_can_be_read() {
    List<RecordedEvent<ParcelEvent>> events = appendMoves("a", 3);

    streams.archiveTo("a", archives);

    assertThat(archives.status("a").state()).isEqualTo(StreamState.ARCHIVED);
    assertThat(archives.status("a").moved()).isFalse();
    assertThat(archives.status("a").lastSeq()).isEqualTo(3);
    assertThat(archives.status("a").deletedTo()).isZero();
    assertThat(archived.read(EventQuery.stream("a")))
        .extracting(RecordedEvent::data)
        .isEqualTo(events.stream().map(RecordedEvent::data).toList());
    assertThatThrownBy(() -> archived.append("a", ExpectedSeq.any(), moved(4)))
        .isInstanceOf(StreamArchivedException.class);
  }

  @Test
  void events_get_new_positions_at_the_end_in_their_order() {
    appendMoves("a", 2);
    appendMoves("b", 1);
    appendMoves("a", 1);
    archived.append("other", ExpectedSeq.any(), moved(1));
    long readUpTo = archived.latestPosition();

    streams.archiveTo("a", archives);

    List<RecordedEvent<ParcelEvent>> there = archived.read(EventQuery.all().after(readUpTo));
    assertThat(seqs(there)).containsExactly(1L, 2L, 3L);
    assertThat(positions(there)).isSorted();
    long readHere = journal.latestPosition();
    appendMoves("b", 1);
    long readMore = journal.latestPosition();
    streams.restoreFrom("a", archives);
    assertThat(seqs(journal.read(EventQuery.all().after(readMore)))).containsExactly(1L, 2L, 3L);
    assertThat(readMore).isGreaterThan(readHere);
    assertThat(positions(everything())).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_restored_stream_is_active_and_goes_on_and_has_left_the_archive() {
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.noStream(), moves(2)).withIdempotencyKey("k");
    journal.append(append);
    streams.archiveTo("a", archives);

    streams.restoreFrom("a", archives);

    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    assertThat(seqs(journal.append(append))).as("the same key").containsExactly(1L, 2L);
    assertThat(journal.append("a", ExpectedSeq.exactly(2), moved(3)).seq()).isEqualTo(3);
    assertThat(archives.status("a").moved()).isTrue();
    assertThat(archived.read(EventQuery.all())).isEmpty();

    streams.archiveTo("a", archives);
    assertThat(seqs(archived.read(EventQuery.stream("a")))).containsExactly(1L, 2L, 3L);
    streams.restoreFrom("a", archives);
    assertThat(seqs(readStream("a"))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void moving_again_what_was_moved_changes_nothing() {
    appendMoves("a", 3);
    MovedStream there = streams.archiveTo("a", archives);

    assertThat(streams.archiveTo("a", archives)).isEqualTo(there);
    assertThat(archived.read(EventQuery.all())).hasSize(3);

    MovedStream here = streams.restoreFrom("a", archives);
    assertThat(streams.restoreFrom("a", archives)).isEqualTo(here);
    assertThat(everything()).hasSize(3);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
  }

  @Test
  void a_compacted_stream_keeps_the_snapshot_that_it_rests_on() {
    appendMoves("a", 5);
    SnapshotStore<Integer> snapshots = daybook.snapshots(Integer.class);
    snapshots.save("a", 3, 3);
    recovery(daybook).compact("a");

    streams.archiveTo("a", archives);

    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(archive.maintenance().verify().findings()).isEmpty();
    assertThat(recovery(archive).recover("a").state()).isEqualTo(5);
    assertThat(archives.status("a").deletedTo()).isEqualTo(3);
    streams.restoreFrom("a", archives);
    assertThat(recovery(daybook).recover("a").state()).isEqualTo(5);
    assertThat(streams.status("a").deletedTo()).isEqualTo(3);
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(6);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(archive.maintenance().verify().findings()).isEmpty();
  }

  /** It has the same events there, so what was folded from them is right. */
  @Test
  void snapshots_that_the_archive_has_of_the_stream_stay() {
    appendMoves("a", 4);
    daybook.snapshots(Integer.class).save("a", 2, 2);
    streams.archiveTo("a", archives);
    archive.snapshots(Integer.class).save("a", 3, 3);
    daybook.snapshots(Integer.class).save("a", 1, 1);
    daybook.snapshots(Integer.class).save("a", 3, 33);

    streams.restoreFrom("a", archives);

    SnapshotStore<Integer> snapshots = daybook.snapshots(Integer.class);
    assertThat(snapshots.loadLatest("a")).map(Snapshot::state).contains(3);
    assertThat(snapshots.loadBefore("a", 3)).map(Snapshot::state).contains(2);
    assertThat(snapshots.loadBefore("a", 2)).map(Snapshot::state).contains(1);
  }

  @Test
  void a_stream_without_events_is_moved_like_any_other() {
    appendMoves("a", 3);
    journal.delete("a", 3);

    assertThat(streams.archiveTo("a", archives).events()).isZero();
    assertThat(archives.status("a").lastSeq()).isEqualTo(3);
    streams.restoreFrom("a", archives);

    assertThat(streams.status("a").moved()).isFalse();
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(4);
  }

  @Test
  void a_stream_of_many_pages_is_moved_whole() {
    for (int n = 0; n < 5; n++) {
      journal.append(
          Append.of(
              "a",
              ExpectedSeq.any(),
              moves(83).stream().map(event -> event.tagged("t", "u")).toList()));
    }
    StoredStream before = StoredStream.of(daybook, "a");

    streams.archiveTo("a", archives);

    assertThat(StoredStream.of(archive, "a")).isEqualTo(before);
    assertThat(archived.read(EventQuery.all().taggedAllOf("t", "u"))).hasSize(5 * 83);
  }

  @Test
  void an_archived_stream_is_moved_too_and_other_streams_stay() {
    appendMoves("a", 1);
    appendMoves("b", 1);
    streams.archive("a");

    streams.archiveTo("a", archives);

    assertThat(everything()).extracting(RecordedEvent::streamId).containsExactly("b");
    assertThat(archived.read(EventQuery.all()))
        .extracting(RecordedEvent::streamId)
        .containsExactly("a");
  }

  @Test
  void listeners_of_the_store_that_events_come_into_are_told() {
    Heard here = new Heard();
    Heard there = new Heard();
    appendMoves("a", 3);
    journal.onAppend(here);
    archived.onAppend(there);

    streams.archiveTo("a", archives);
    List<Long> copied = positions(archived.read(EventQuery.stream("a")));
    assertThat(there.all(archived))
        .containsExactly(new Appended("a", 1, 3, copied.get(0), copied.get(2)));
    assertThat(here.all(journal)).isEmpty();

    streams.restoreFrom("a", archives);
    List<Long> restored = positions(readStream("a"));
    assertThat(here.all(journal))
        .containsExactly(new Appended("a", 1, 3, restored.get(0), restored.get(2)));
    assertThat(there.all(archived)).hasSize(1);
  }

  @Test
  void what_was_deleted_in_the_archive_stays_deleted_when_its_stream_comes_back() {
    appendMoves("a", 3);
    streams.archiveTo("a", archives);
    archives.restore("a");
    archived.delete("a", 3);
    archives.archive("a");

    assertThat(streams.restoreFrom("a", archives).events()).isZero();
    assertThat(appendMoves("a", 1).get(0).seq()).isEqualTo(4);
  }

  private static Recovery<Integer, ParcelEvent> recovery(Daybook of) {
    return Recovery.of(
        of.journal(ParcelEvent.class),
        of.snapshots(Integer.class),
        () -> 0,
        (sum, event) -> sum + 1);
  }
}
