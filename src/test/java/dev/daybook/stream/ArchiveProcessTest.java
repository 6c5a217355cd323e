package dev.daybook.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.conformance.StoredStream;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.settings.Synchronous;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are moved by other processes: killed at random, and with little memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveProcessTest {

  private static final int KILLS = Scale.of(2, 8);
  private static final int EVENTS = 1_000;

  /** With payloads of 4 KB they are more than twice, or four times, what a heap of 48 MB holds. */
  private static final int MANY_EVENTS = Scale.of(25_000, 40_000);

  private static final long MOST_MILLIS_BEFORE_A_KILL = 400;

  @TempDir private Path directory;

  @Test
  void a_process_that_is_killed_while_it_moves_a_stream_loses_and_doubles_nothing()
      throws Exception {
    Path here = directory.resolve("shop.db");
    Path there = directory.resolve("archive.db");
    StoredStream whole = fill(here, EVENTS, 20);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("kills at random points, seed " + seed);

    for (int kill = 1; kill <= KILLS; kill++) {
      Path ready = directory.resolve("ready-" + kill);
      try (JavaProcess process =
          JavaProcess.start(directory, "128m", Moving.class, here + "", there + "", ready + "")) {
        Await.untilExists(ready);
        LockSupport.parkNanos(
            TimeUnit.MILLISECONDS.toNanos(random.nextLong(MOST_MILLIS_BEFORE_A_KILL)));
        assertThat(process.isRunning()).isTrue();
        process.kill();
      }
      try (Daybook daybook = Daybook.open(here);
          Daybook archive = Daybook.open(there)) {
        List<StoredStream> both =
            List.of(StoredStream.of(daybook, "a"), StoredStream.of(archive, "a"));
        assertThat(both).contains(whole);
        assertThat(both).allMatch(stream -> stream.equals(whole) || stream.events().isEmpty());
      }
    }

    try (Daybook daybook = Daybook.open(here);
        Daybook archive = Daybook.open(there)) {
      daybook.streams().archiveTo("a", archive.streams());
      assertThat(StoredStream.of(archive, "a").countAndHash()).isEqualTo(whole.countAndHash());
      assertThat(StoredStream.of(archive, "a")).isEqualTo(whole);
      assertThat(StoredStream.of(daybook, "a").events()).isEmpty();
      daybook.streams().restoreFrom("a", archive.streams());
      assertThat(StoredStream.of(daybook, "a").countAndHash()).isEqualTo(whole.countAndHash());
      assertThat(StoredStream.of(archive, "a").events()).isEmpty();
      assertThat(daybook.streams().status("a").state()).isEqualTo(StreamState.ACTIVE);
    }
  }

  @Test
  void a_stream_larger_than_the_memory_is_moved_there_and_back() throws Exception {
    Path here = directory.resolve("shop.db");
    fill(here, MANY_EVENTS, 4_000);

    try (JavaProcess process =
        JavaProcess.startLong(
            directory, "48m", MovingOnce.class, here + "", directory.resolve("archive.db") + "")) {
      assertThat(process.succeed()).contains("moved " + MANY_EVENTS + " events there and back");
    }
  }

  /** Events with payloads of a size, and tags. */
  private static StoredStream fill(Path file, int events, int size) {
    try (Daybook daybook = Daybook.builder(file).synchronous(Synchronous.NORMAL).build()) {
      List<NewEvent<EncodedEvent>> page = new ArrayList<>();
      for (int n = 1; n <= events; n++) {
        EncodedEvent event =
            EncodedEvent.json("ParcelEvent.Posted", "\"" + n + "x".repeat(size) + "\"");
        page.add(NewEvent.of(event).tagged("all", "tag-" + n % 10));
        if (n % 1_000 == 0) {
          daybook.rawJournal().append(Append.of("a", ExpectedSeq.any(), page));
          page.clear();
        }
      }
      daybook.journal(ParcelEvent.class).append("b", ExpectedSeq.any(), ParcelEvent.delivered());
      return size > 100 ? StoredStream.NOTHING : StoredStream.of(daybook, "a");
    }
  }

  /** Finishes what was begun, then moves the stream to and fro until it is killed. */
  static final class Moving {
    private Moving() {}

    public static void main(String[] args) throws Exception {
      try (Daybook daybook = Daybook.open(Path.of(args[0]));
          Daybook archive = Daybook.open(Path.of(args[1]))) {
        daybook.schemaVersion();
        archive.schemaVersion();
        Files.createFile(Path.of(args[2]));
        while (true) {
          daybook.streams().archiveTo("a", archive.streams());
          daybook.streams().restoreFrom("a", archive.streams());
        }
      }
    }
  }

  /** Moves the stream there and back. */
  static final class MovingOnce {
    private MovingOnce() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0]));
          Daybook archive = Daybook.open(Path.of(args[1]))) {
        MovedStream there = daybook.streams().archiveTo("a", archive.streams());
        MovedStream back = daybook.streams().restoreFrom("a", archive.streams());
        System.out.printf(
            "moved %d events there and %s%n",
            back.events(), back.equals(there) ? "back" : "something else back");
      }
    }
  }
}
