package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamArchivedException;
import dev.daybook.journal.StreamState;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamMoveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams that somebody else uses, changes or moves while they are moved. */
public abstract class ArchiveRaceConformance extends TwoStoresConformance {

  protected ArchiveRaceConformance(Function<Path, DatabaseFixture> databases) {
    super(databases, databases);
  }

  /**
   * @param databases the databases that streams are moved from
   * @param archiveDatabases the ones that they are moved to
   */
  protected ArchiveRaceConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> archiveDatabases) {
    super(databases, archiveDatabases);
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
    listenToArchive(
        sql -> {
          if (appended.getCount() == 0 && sql.startsWith("insert")) {
            copying.countDown();
          }
        });

    List<Outcome<Long>> outcomes =
        ConcurrentRendezvous.collide(
            List.of(
                () ->
                    archive.transactionResult(
                        transaction -> {
                          Journal<ParcelEvent> inside =
                              archive.journal(ParcelEvent.class).within(transaction);
                          long seq = inside.append("a", ExpectedSeq.noStream(), moved(1)).seq();
                          appended.countDown();
                          Await.reached(copying);
                          return seq;
                        }),
                () -> {
                  Await.reached(appended);
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

  /**
   * Once the copy is committed in the archive, and before the stream is emptied here: when the
   * archive is asked for what it has, after the row of the stream was written there.
   */
  private void whenCopied(Runnable action) {
    AtomicBoolean written = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    listenToArchive(
        sql -> {
          if (sql.startsWith("insert") && sql.contains("deleted_to")) {
            written.set(true);
          } else if (sql.startsWith("select") && written.get() && done.compareAndSet(false, true)) {
            action.run();
          }
        });
  }
}
