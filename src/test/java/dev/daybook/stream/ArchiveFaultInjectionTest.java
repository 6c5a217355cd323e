package dev.daybook.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.conformance.StoredStream;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Moving a stream to another file and back, failed at each statement that writes in either of them,
 * or at every third, before and after it was run: nothing is lost, and moving it again finishes it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveFaultInjectionTest {

  @TempDir private Path directory;
  private StoredStream whole = StoredStream.NOTHING;
  private int runs;

  /** Which way a stream is moved. */
  enum Way {
    TO_THE_ARCHIVE {
      @Override
      MovedStream move(Daybook daybook, Daybook archive) {
        return daybook.streams().archiveTo("a", archive.streams());
      }
    },
    BACK {
      @Override
      MovedStream move(Daybook daybook, Daybook archive) {
        return daybook.streams().restoreFrom("a", archive.streams());
      }
    };

    abstract MovedStream move(Daybook daybook, Daybook archive);
  }

  /** Which of the two files fails. */
  enum Side {
    HERE,
    ARCHIVE
  }

  @BeforeEach
  void prepare() {
    try (Daybook daybook = Daybook.open(directory.resolve("shop.db"));
        Daybook archive = Daybook.open(directory.resolve("archive.db"))) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append(Append.of("a", ExpectedSeq.noStream(), tagged(4)).withIdempotencyKey("k"));
      journal.append(Append.of("b", ExpectedSeq.noStream(), tagged(2)));
      journal.append(Append.of("a", ExpectedSeq.any(), tagged(3)));
      journal.delete("a", 1);
      daybook.snapshots(String.class).save("a", 1, "one");
      archive.journal(ParcelEvent.class).append(Append.of("c", ExpectedSeq.noStream(), tagged(1)));
      whole = StoredStream.of(daybook, "a");
    }
  }

  @ParameterizedTest
  @CsvSource({"TO_THE_ARCHIVE,HERE", "TO_THE_ARCHIVE,ARCHIVE", "BACK,HERE", "BACK,ARCHIVE"})
  void a_move_that_failed_anywhere_has_lost_nothing_and_is_finished_by_the_next(Way way, Side side)
      throws IOException {
    if (way == Way.BACK) {
      try (Daybook daybook = Daybook.open(directory.resolve("shop.db"));
          Daybook archive = Daybook.open(directory.resolve("archive.db"))) {
        daybook.streams().archiveTo("a", archive.streams());
      }
    }
    int points = 0;
    for (When when : When.values()) {
      int statement = 1;
      while (tryOne(way, side, statement, when)) {
        statement += Scale.of(3, 1);
        points++;
      }
    }

    assertThat(points).as("failure points").isGreaterThanOrEqualTo(Scale.of(6, 16));
    System.out.printf("fault injection: %s, failing %s, %d failure points%n", way, side, points);
  }

  /** Says whether there was such a statement to fail. */
  private boolean tryOne(Way way, Side side, int statement, When when) throws IOException {
    runs++;
    Path here = copied("shop.db");
    Path there = copied("archive.db");
    FailingDataSource failing =
        new FailingDataSource(SqliteDataSources.file(side == Side.HERE ? here : there));
    boolean failed;
    try (Daybook daybook = side == Side.HERE ? Daybook.open(failing) : Daybook.open(here);
        Daybook archive = side == Side.HERE ? Daybook.open(there) : Daybook.open(failing)) {
      daybook.schemaVersion();
      archive.schemaVersion();
      failing.failAt(statement, when);
      Throwable thrown = catchThrowable(() -> way.move(daybook, archive));
      failed = failing.disarm();

      if (failed) {
        assertThat(thrown).isInstanceOf(DaybookException.class);
      } else {
        assertThat(thrown).isNull();
      }
      assertNothingLost(daybook, archive);
    }
    try (Daybook daybook = Daybook.open(here);
        Daybook archive = Daybook.open(there)) {
      assertNothingLost(daybook, archive);
      MovedStream moved = way.move(daybook, archive);
      assertMoved(way, daybook, archive);
      assertThat(way.move(daybook, archive)).as("once more").isEqualTo(moved);
      assertMoved(way, daybook, archive);
    }
    return failed;
  }

  /** One of the two has all of it; the other one has all or nothing. */
  private void assertNothingLost(Daybook daybook, Daybook archive) {
    List<StoredStream> both = List.of(StoredStream.of(daybook, "a"), StoredStream.of(archive, "a"));
    assertThat(both).contains(whole);
    assertThat(both)
        .allSatisfy(
            stream ->
                assertThat(stream.equals(whole) || stream.events().isEmpty())
                    .as("all or nothing: " + stream)
                    .isTrue());
    assertThat(both)
        .filteredOn(stream -> stream.events().isEmpty())
        .allSatisfy(stream -> assertThat(stream.tags()).isEmpty());
  }

  private void assertMoved(Way way, Daybook daybook, Daybook archive) {
    Daybook full = way == Way.BACK ? daybook : archive;
    Daybook emptied = way == Way.BACK ? archive : daybook;
    assertThat(StoredStream.of(full, "a")).isEqualTo(whole);
    assertThat(StoredStream.of(full, "a").countAndHash()).isEqualTo(whole.countAndHash());
    assertThat(full.streams().status("a").state())
        .isEqualTo(way == Way.BACK ? StreamState.ACTIVE : StreamState.ARCHIVED);
    assertThat(emptied.streams().status("a").moved()).isTrue();
    assertThat(StoredStream.of(emptied, "a").events()).isEmpty();
    assertThat(StoredStream.of(daybook, "b").events()).hasSize(2);
    assertThat(StoredStream.of(archive, "c").events()).hasSize(1);
  }

  private Path copied(String name) throws IOException {
    return Files.copy(directory.resolve(name), directory.resolve(runs + "-" + name));
  }

  private static List<NewEvent<ParcelEvent>> tagged(int count) {
    List<NewEvent<ParcelEvent>> events = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      events.add(NewEvent.of(ParcelEvent.moved(n)).tagged("tag-" + n, "all"));
    }
    return events;
  }
}
