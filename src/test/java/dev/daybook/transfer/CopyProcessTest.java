package dev.daybook.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.StoredStore;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.settings.Synchronous;
import dev.daybook.transfer.TransferProgress.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies in other processes, which are killed on the way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyProcessTest {

  @TempDir private Path directory;

  @Test
  void a_copy_that_is_killed_twice_goes_on_from_where_it_was() throws Exception {
    killTwiceAndGoOn(
        directory.resolve("source.db").toString(), directory.resolve("target.db").toString());
  }

  @Test
  void so_does_one_to_a_server() throws Exception {
    try (PostgresDatabase server = PostgresServer.shared().newDatabase()) {
      killTwiceAndGoOn(directory.resolve("source.db").toString(), server.url());
    }
  }

  @Test
  void so_does_one_from_a_server() throws Exception {
    try (PostgresDatabase server = PostgresServer.shared().newDatabase()) {
      killTwiceAndGoOn(server.url(), directory.resolve("target.db").toString());
    }
  }

  private void killTwiceAndGoOn(String from, String to) throws Exception {
    try (Daybook source = open(from)) {
      FilledStore.fill(source);
      fill(source, 300, 20);
      for (int n = 0; n < 500; n++) {
        source.documents().append("doc-" + n, FilledStore.META);
      }
    }

    killAt(from, to, Step.EVENTS);
    try (Daybook target = open(to)) {
      assertThat(target.rawJournal().stats().events()).isBetween(1L, 6_015L);
    }
    killAt(from, to, Step.DOCUMENTS);

    try (Daybook source = open(from);
        Daybook target = open(to)) {
      assertThat(target.rawJournal().stats().events()).isEqualTo(6_016);
      TransferReport report = source.copyTo(target);
      assertThat(report.isComplete()).isTrue();
      assertThat(report.copiedEvents()).isZero();
      assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    }
  }

  /** Kills a copy while it is at a step, which it has not ended. */
  private void killAt(String from, String to, Step step) throws Exception {
    Path reached = directory.resolve("reached-" + step);
    try (JavaProcess process =
        JavaProcess.start(
            directory, "64m", Copying.class, from, to, step.name(), reached.toString())) {
      Await.until(() -> Files.exists(reached) || !process.isRunning());
      assertThat(process.isRunning()).as(process.printed()).isTrue();
      process.kill();
    }
  }

  private static Daybook open(String place) {
    return place.startsWith("jdbc:")
        ? Daybook.open(place)
        : Daybook.builder(Path.of(place)).synchronous(Synchronous.NORMAL).build();
  }

  static void fill(Daybook daybook, int streams, int eventsPerStream) {
    SeededJournal.fill(
        daybook,
        streams,
        eventsPerStream,
        stream -> "stream-" + stream,
        n ->
            NewEvent.of(EncodedEvent.json("Seeded", "{\"n\":" + n + ",\"text\":\"some text\"}"))
                .tagged("tag-" + n % 100));
  }

  /** Copies a store, and waits to be killed in the middle of a step if it is one of this name. */
  static final class Copying {
    private Copying() {}

    public static void main(String[] args) {
      try (Daybook source = open(args[0]);
          Daybook target = open(args[1])) {
        long start = System.nanoTime();
        TransferReport report =
            source.copyTo(
                target,
                TransferOptions.defaults()
                    .withProgress(
                        (step, done, total) -> {
                          if (step.name().equals(args[2])) {
                            waitToBeKilled(Path.of(args[3]));
                          }
                        }));
        System.out.printf(
            "%s: %d events in %.1f s%n",
            report.isComplete() ? "complete" : report,
            report.copiedEvents(),
            (System.nanoTime() - start) / 1e9);
      }
    }

    private static void waitToBeKilled(Path reached) {
      try {
        Files.createFile(reached);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      LockSupport.parkNanos(Await.PATIENCE.toNanos());
    }
  }
}
