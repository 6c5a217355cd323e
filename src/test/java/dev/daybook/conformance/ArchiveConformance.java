package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.InvalidInputException;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamMoveException;
import dev.daybook.stream.Streams;
import dev.daybook.stream.UnknownStreamException;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that are moved to another store and back: nothing of them is lost or doubled. */
public abstract class ArchiveConformance extends JournalConformance {

  private static final PayloadOptions SEALED =
      PayloadOptions.plain()
          .compressed(Compression.GZIP)
          .encrypted(KeyRing.of("key-1", new byte[32]));

  private static final Duration LONG = Await.PATIENCE;

  private final Function<Path, DatabaseFixture> archiveDatabases;
  private DatabaseFixture archiveDatabase;
  private Daybook archive;
  private Journal<ParcelEvent> archived;
  private Streams streams;
  private Streams archives;

  protected ArchiveConformance(Function<Path, DatabaseFixture> databases) {
    this(databases, databases);
  }

  /**
   * @param databases the databases that streams are moved from
   * @param archiveDatabases the ones that they are moved to
   */
  protected ArchiveConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> archiveDatabases) {
    super(databases);
    this.archiveDatabases = archiveDatabases;
  }

  @BeforeEach
  void openArchive() throws IOException {
    archiveDatabase = archiveDatabases.apply(Files.createDirectory(directory.resolve("archive")));
    archive = archiveDatabase.open();
    archived = archive.journal(ParcelEvent.class);
    streams = daybook.streams();
    archives = archive.streams();
  }

  @AfterEach
  void closeArchive() {
    try (DatabaseFixture used = archiveDatabase) {
      archive.close();
      used.requireNothingLeft();
    }
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
      assertThat(subscription.awaitPosition(journal.latestPosition(), LONG)).isTrue();
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
    assertThat(subscription.awaitPosition(last, LONG)).isTrue();
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
  void a_stream_that_is_in_no_state_to_be_moved_is_refused() {
    appendMoves("tombstoned", 1);
    streams.tombstone("tombstoned", "fraud");
    appendMoves("deleted", 1);
    streams.delete("deleted");
    archived.append("active", ExpectedSeq.any(), moved(1));

    assertThatThrownBy(() -> streams.archiveTo("tombstoned", archives))
        .isInstanceOf(StreamTombstonedException.class);
    assertThatThrownBy(() -> streams.archiveTo("deleted", archives))
        .isInstanceOf(StreamDeletedException.class);
    assertThatThrownBy(() -> streams.archiveTo("unknown", archives))
        .isInstanceOf(UnknownStreamException.class);
    assertThatThrownBy(() -> streams.restoreFrom("unknown", archives))
        .isInstanceOf(UnknownStreamException.class);
    assertThatThrownBy(() -> streams.restoreFrom("active", archives))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("active in the archive");

    assertThat(archives.status("active").state()).isEqualTo(StreamState.ACTIVE);
    assertThat(archived.read(EventQuery.all())).hasSize(1);
    assertThat(streams.status("unknown").state()).isEqualTo(StreamState.UNKNOWN);
    assertThat(streams.status("active").state()).isEqualTo(StreamState.UNKNOWN);
  }

  @Test
  void other_events_in_the_archive_are_an_error_that_touches_nothing() {
    appendMoves("a", 2);
    archived.append("a", ExpectedSeq.any(), moved(9));
    StoredStream there = StoredStream.of(archive, "a");
    StoredStream here = StoredStream.of(daybook, "a");

    assertNotMoved("it is ACTIVE");
    archives.archive("a");
    assertNotMoved("other events");
    archives.restore("a");
    archived.append(Append.of("a", ExpectedSeq.any(), moves(5)));
    archives.archive("a");
    assertNotMoved("numbers go up to 6");
    archives.tombstone("a", "fraud");
    assertNotMoved("it is TOMBSTONED");

    assertThat(StoredStream.of(daybook, "a")).isEqualTo(here);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    assertThat(StoredStream.of(archive, "a").events()).startsWith(there.events().get(0)).hasSize(6);
    archives.delete("a");
    assertNotMoved("it is DELETED");
  }

  @Test
  void a_restore_is_refused_where_the_stream_has_other_events_meanwhile() {
    appendMoves("a", 2);
    streams.archiveTo("a", archives);
    try (Daybook other = Daybook.inMemory()) {
      Journal<ParcelEvent> otherJournal = other.journal(ParcelEvent.class);
      otherJournal.append("a", ExpectedSeq.any(), moved(7));
      assertThatThrownBy(() -> other.streams().restoreFrom("a", archives))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("ACTIVE");
      other.streams().archive("a");
      assertThatThrownBy(() -> other.streams().restoreFrom("a", archives))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("other events");
      assertThat(otherJournal.read(EventQuery.all())).hasSize(1);
    }
    streams.delete("a");
    assertThatThrownBy(() -> streams.restoreFrom("a", archives))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("DELETED");

    assertThat(archived.read(EventQuery.stream("a"))).hasSize(2);
    assertThat(archives.status("a").state()).isEqualTo(StreamState.ARCHIVED);
  }

  @Test
  void a_stream_that_went_to_one_archive_is_not_found_in_another() {
    appendMoves("a", 1);
    streams.archiveTo("a", archives);

    try (Daybook other = Daybook.inMemory()) {
      assertThatThrownBy(() -> streams.archiveTo("a", other.streams()))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("another store than this one");
      assertThat(other.streams().status("a").state()).isEqualTo(StreamState.UNKNOWN);
    }
  }

  @Test
  void a_stream_that_another_store_has_under_its_id_is_not_taken_for_the_one_that_was_moved() {
    appendMoves("a", 1);
    streams.archiveTo("a", archives);

    try (Daybook other = Daybook.inMemory()) {
      other.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(7));
      assertThatThrownBy(() -> streams.archiveTo("a", other.streams()))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("another store than this one");
    }
  }

  @Test
  void an_archive_with_as_many_other_events_under_the_id_is_not_taken_for_the_right_one() {
    appendMoves("a", 2);
    streams.archiveTo("a", archives);

    try (Daybook other = Daybook.inMemory()) {
      other.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(1));
      other.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(2));
      other.streams().archive("a");

      assertThatThrownBy(() -> streams.archiveTo("a", other.streams()))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("another store than this one");
      assertThatThrownBy(() -> streams.restoreFrom("a", other.streams()))
          .isInstanceOf(StreamMoveException.class)
          .hasMessageContaining("to another store than the one where it is");
      assertThat(other.streams().status("a").moved()).isFalse();
    }
    assertThat(streams.status("a").moved()).isTrue();
    assertThat(streams.archiveTo("a", archives).events()).isEqualTo(2);
    assertThat(streams.restoreFrom("a", archives).events()).isEqualTo(2);
    assertThat(readStream("a")).hasSize(2);
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

  @Test
  void a_stream_is_not_moved_to_where_it_is() {
    appendMoves("a", 2);
    assertThatThrownBy(() -> streams.archiveTo("a", daybook.streams()))
        .isInstanceOf(InvalidInputException.class);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    if (database.isShared()) {
      assertThatThrownBy(() -> streams.archiveTo("a", open(options -> {}).streams()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the store that it is in, or a copy of it");
      assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    }

    streams.archive("a");
    Throwable refused = catchThrowable(() -> streams.archiveTo("a", open(options -> {}).streams()));

    if (database.isShared()) {
      assertThat(refused).isInstanceOf(InvalidInputException.class);
      assertThat(readStream("a")).hasSize(2);
    } else {
      assertThat(refused).as("that is another store").isNull();
      assertThat(streams.status("a").moved()).isTrue();
    }
  }

  @Test
  void a_stream_is_not_moved_inside_a_transaction() {
    appendMoves("a", 2);

    daybook.transaction(
        tx -> {
          assertThatThrownBy(() -> daybook.with(tx).streams().archiveTo("a", archives))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("transaction");
          assertThatThrownBy(() -> archives.restoreFrom("a", daybook.with(tx).streams()))
              .isInstanceOf(InvalidInputException.class);
          assertThatThrownBy(() -> streams.archiveTo("a", archives))
              .isInstanceOf(IllegalStateException.class);
        });
    archive.transaction(
        tx ->
            assertThatThrownBy(() -> streams.archiveTo("a", archives))
                .isInstanceOf(IllegalStateException.class));

    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    assertThat(archives.status("a").state()).isEqualTo(StreamState.UNKNOWN);
  }

  @Test
  void who_moves_a_stream_in_a_transaction_is_refused_also_while_somebody_waits_for_its_end()
      throws Exception {
    appendMoves("a", 1);
    appendMoves("b", 1);
    CompletableFuture<MovedStream> moving = new CompletableFuture<>();
    CompletableFuture<Throwable> refused =
        CompletableFuture.supplyAsync(
            () ->
                archive.transactionResult(
                    tx -> {
                      Thread mover =
                          new Thread(() -> moving.complete(streams.archiveTo("a", archives)));
                      mover.start();
                      // It waits for this transaction, or has got by on a connection of its own.
                      Await.until(() -> mover.getState() != Thread.State.RUNNABLE);
                      return catchThrowable(() -> streams.archiveTo("b", archives));
                    }));

    assertThat(refused.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    assertThat(moving.get(30, TimeUnit.SECONDS).events()).isEqualTo(1);
  }

  @Test
  void a_stream_that_was_restored_in_place_halfway_stays_and_its_copy_is_brought_up_to_date() {
    fillStream();
    whenCopied(() -> streams.restore("a"));
    assertThatThrownBy(() -> streams.archiveTo("a", archives))
        .isInstanceOf(StreamMoveException.class);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
    journal.delete("a", 2);
    journal.append(
        Append.of("a", ExpectedSeq.any(), List.of(NewEvent.of(moved(9)).tagged("late"))));
    daybook.snapshots(Integer.class).save("a", 4, 4);
    StoredStream before = StoredStream.of(daybook, "a");

    streams.archiveTo("a", archives);

    assertThat(StoredStream.of(archive, "a")).isEqualTo(before);
    assertThat(archived.read(EventQuery.all().taggedAllOf("late"))).hasSize(1);
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_stream_that_is_deleted_or_tombstoned_halfway_is_left_as_it_is() {
    appendMoves("deleted", 2);
    whenCopied(() -> streams.delete("deleted"));
    assertThatThrownBy(() -> streams.archiveTo("deleted", archives))
        .isInstanceOf(StreamMoveException.class);
    assertThat(streams.status("deleted").state()).isEqualTo(StreamState.DELETED);

    appendMoves("tombstoned", 2);
    whenCopied(() -> streams.tombstone("tombstoned", "fraud"));
    assertThatThrownBy(() -> streams.archiveTo("tombstoned", archives))
        .isInstanceOf(StreamMoveException.class);
    streams.restore("tombstoned");
    assertThat(readStream("tombstoned")).hasSize(2);
  }

  /** The archive is a file, so that it can be written while it is read. */
  @Test
  void of_two_who_move_a_stream_one_moves_it() throws IOException {
    archive.close();
    archiveDatabase =
        new SqliteFileFixture(Files.createDirectory(directory.resolve("other-archive")));
    appendMoves("a", 2);
    whenCopied(() -> streams.archiveTo("a", archives));

    assertThatThrownBy(() -> streams.archiveTo("a", archives))
        .isInstanceOf(StreamMoveException.class);

    assertThat(streams.status("a").moved()).isTrue();
    assertThat(archived.read(EventQuery.stream("a"))).hasSize(2);
    assertThat(streams.archiveTo("a", archives).events()).isEqualTo(2);
  }

  @Test
  void an_append_that_races_with_a_move_is_in_the_archive_or_refused() {
    appendMoves("a", 1);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      tasks.add(this::appendUntilRefused);
    }
    tasks.add(
        () -> {
          streams.archiveTo("a", archives);
          return 0;
        });

    int appended = ConcurrentRendezvous.collide(tasks).stream().mapToInt(Outcome::orThrow).sum();

    assertThat(everything()).isEmpty();
    assertThat(archived.read(EventQuery.stream("a"))).hasSize(1 + appended);
    streams.restoreFrom("a", archives);
    assertThat(readStream("a")).hasSize(1 + appended);
  }

  /** It would look like a new stream. */
  @Test
  void a_read_that_races_with_a_restore_has_all_events_or_is_refused() {
    appendMoves("a", 3);
    for (int round = 1; round <= 40; round++) {
      streams.archiveTo("a", archives);
      Callable<Integer> restoring = () -> (int) streams.restoreFrom("a", archives).events();
      Callable<Integer> reading = this::readUnlessRefused;
      Callable<Integer> streaming = this::streamUnlessRefused;

      List<Outcome<Integer>> outcomes =
          ConcurrentRendezvous.collide(List.of(reading, streaming, reading, restoring));

      assertThat(outcomes).extracting(Outcome::orThrow).containsOnly(3);
    }
  }

  @Test
  void a_stream_that_somebody_makes_where_it_should_go_meanwhile_is_not_mixed_with_it() {
    appendMoves("a", 8);
    journal.delete("a", 5);
    CountDownLatch appended = new CountDownLatch(1);
    CountDownLatch copying = new CountDownLatch(archiveDatabase.writesInParallel() ? 1 : 0);
    archive.close();
    archive =
        archiveDatabase.open(
            options ->
                options.sqlListener(
                    sql -> {
                      if (appended.getCount() == 0 && sql.startsWith("insert")) {
                        copying.countDown();
                      }
                    }));

    List<Outcome<Long>> outcomes =
        ConcurrentRendezvous.collide(
            List.of(
                () ->
                    archive.transactionResult(
                        transaction -> {
                          Journal<ParcelEvent> inside =
                              archive.journal(ParcelEvent.class).with(transaction);
                          long seq = inside.append("a", ExpectedSeq.noStream(), moved(1)).seq();
                          appended.countDown();
                          copying.await(1, TimeUnit.MINUTES);
                          return seq;
                        }),
                () -> {
                  appended.await(1, TimeUnit.MINUTES);
                  return streams.archiveTo("a", archive.streams()).events();
                }));

    assertThat(outcomes.get(0).orThrow()).isEqualTo(1);
    assertThat(outcomes.get(1).failure()).isInstanceOf(StreamMoveException.class);
    assertThat(seqs(archive.journal(ParcelEvent.class).read(EventQuery.stream("a"))))
        .containsExactly(1L);
    assertThat(archive.maintenance().verify().findings()).isEmpty();
    assertThat(seqs(readStream("a"))).containsExactly(6L, 7L, 8L);
  }

  @Test
  void streams_are_moved_in_both_directions_at_once() {
    appendMoves("a", 150);
    archived.append(Append.of("b", ExpectedSeq.any(), moves(150)));

    ConcurrentRendezvous.<MovedStream>collide(
            List.of(() -> streams.archiveTo("a", archives), () -> archives.archiveTo("b", streams)))
        .forEach(Outcome::orThrow);

    assertThat(archived.read(EventQuery.all())).hasSize(150);
    assertThat(everything()).hasSize(150);
  }

  private int appendUntilRefused() {
    int appended = 0;
    try {
      while (true) {
        journal.append("a", ExpectedSeq.any(), moved(appended));
        appended++;
      }
    } catch (StreamArchivedException e) {
      return appended;
    }
  }

  private int readUnlessRefused() {
    try {
      return readStream("a").size();
    } catch (StreamArchivedException e) {
      return 3;
    }
  }

  private int streamUnlessRefused() {
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(EventQuery.stream("a"))) {
      return (int) events.count();
    } catch (StreamArchivedException e) {
      return 3;
    }
  }

  private void assertNotMoved(String problem) {
    assertThatThrownBy(() -> streams.archiveTo("a", archives))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("\"a\" was not moved")
        .hasMessageContaining(problem);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
  }

  /**
   * Once the copy is committed in the archive, and before the stream is emptied here: when the
   * archive is asked for what it has, after the row of the stream was written there.
   */
  private void whenCopied(Runnable action) {
    AtomicBoolean written = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    archive.close();
    archive =
        archiveDatabase.open(
            options ->
                options.sqlListener(
                    sql -> {
                      if (sql.startsWith("insert") && sql.contains("deleted_to")) {
                        written.set(true);
                      } else if (sql.startsWith("select")
                          && written.get()
                          && done.compareAndSet(false, true)) {
                        action.run();
                      }
                    }));
    archived = archive.journal(ParcelEvent.class);
    archives = archive.streams();
  }

  /** Events of every kind, and other streams between them. */
  private void fillStream() {
    Instant time = Instant.parse("2020-02-29T23:59:59.999Z");
    Metadata metadata = Metadata.none().with("who", "Ann \"the\" Ünique").with("empty", "");
    for (int n = 1; n <= 4; n++) {
      NewEvent<ParcelEvent> event = NewEvent.<ParcelEvent>of(moved(n)).tagged("tag-" + n, "all");
      Append<ParcelEvent> append =
          Append.of(
              "a",
              ExpectedSeq.any(),
              List.of(event.withMetadata(metadata).at(time.plusSeconds(n)), event));
      Journal<ParcelEvent> to = n == 2 ? journal.with(SEALED) : journal;
      to.append(n == 3 ? append : append.withIdempotencyKey("key-" + n));
      appendMoves("b" + n, 1);
      journal.delete("b" + n, 1);
    }
    journal.delete("a", 1);
    daybook.snapshots(Integer.class).save("a", 1, 1);
    daybook.snapshots(Integer.class).with(SEALED).save("a", 4, 4);
    EncodedEvent foreign =
        new EncodedEvent("Later", 7, "own", new byte[] {0, 1, -1}, "squeezed", "key-2");
    daybook.rawJournal().append("a", ExpectedSeq.any(), foreign);
  }

  private static Recovery<Integer, ParcelEvent> recovery(Daybook of) {
    return Recovery.of(
        of.journal(ParcelEvent.class),
        of.snapshots(Integer.class),
        () -> 0,
        (sum, event) -> sum + 1);
  }
}
