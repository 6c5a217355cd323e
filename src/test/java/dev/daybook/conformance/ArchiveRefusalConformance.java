package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamMoveException;
import dev.daybook.stream.UnknownStreamException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Moves of streams that are refused, and then nothing is changed. */
public abstract class ArchiveRefusalConformance extends TwoStoresConformance {

  protected ArchiveRefusalConformance(Function<Path, DatabaseFixture> databases) {
    super(databases, databases);
  }

  /**
   * @param databases the databases that streams are moved from
   * @param archiveDatabases the ones that they are moved to
   */
  protected ArchiveRefusalConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> archiveDatabases) {
    super(databases, archiveDatabases);
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
  void a_restore_in_the_wrong_direction_is_refused() {
    appendMoves("a", 2);
    streams.archiveTo("a", archives);
    StoredStream there = StoredStream.of(archive, "a");

    assertThatThrownBy(() -> archives.restoreFrom("a", streams))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("expected restoreFrom of the other store's streams");

    assertThat(StoredStream.of(archive, "a")).isEqualTo(there);
    assertThat(archives.status("a").state()).isEqualTo(StreamState.ARCHIVED);
    assertThat(streams.restoreFrom("a", archives).events()).isEqualTo(2);
    assertThat(streams.restoreFrom("a", archives).events()).isEqualTo(2);
    assertThatThrownBy(() -> archives.restoreFrom("a", streams))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("active in the archive");
    assertThat(readStream("a")).hasSize(2);
  }

  @Test
  void snapshots_of_a_stream_that_the_archive_does_not_know_are_not_replaced() {
    appendMoves("a", 4);
    daybook.snapshots(Integer.class).save("a", 4, 4);
    archive.snapshots(Integer.class).save("a", 3, 33);
    archive.snapshots(Integer.class).save("a", 4, 44);

    assertNotMoved("the target has 2 snapshots under its id");

    assertThat(archive.snapshots(Integer.class).loadLatest("a")).map(Snapshot::state).contains(44);
    archive.snapshots(Integer.class).invalidate("a");
    streams.archiveTo("a", archives);
    assertThat(archive.snapshots(Integer.class).loadLatest("a")).map(Snapshot::state).contains(4);
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
          .hasMessageContaining("to another store than the source");
      assertThat(other.streams().status("a").moved()).isFalse();
    }
    assertThat(streams.status("a").moved()).isTrue();
    assertThat(streams.archiveTo("a", archives).events()).isEqualTo(2);
    assertThat(streams.restoreFrom("a", archives).events()).isEqualTo(2);
    assertThat(readStream("a")).hasSize(2);
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
          .hasMessageContaining("the store that it is in");
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
          assertThatThrownBy(() -> daybook.within(tx).streams().archiveTo("a", archives))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("transaction");
          assertThatThrownBy(() -> archives.restoreFrom("a", daybook.within(tx).streams()))
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

    assertThat(Await.result(refused)).isInstanceOf(IllegalStateException.class);
    assertThat(Await.result(moving).events()).isEqualTo(1);
  }

  private void assertNotMoved(String problem) {
    assertThatThrownBy(() -> streams.archiveTo("a", archives))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("\"a\" was not moved")
        .hasMessageContaining(problem);
    assertThat(streams.status("a").state()).isEqualTo(StreamState.ACTIVE);
  }
}
