package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that write to one file at once, with nothing but the default options. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecondProcessTest {

  private static final int THREADS = 4;
  private static final int APPENDS = 500;

  @TempDir private Path directory;

  @Test
  void two_processes_make_one_file_and_append_to_it_without_losing_anything() throws Exception {
    Path file = directory.resolve("shared.db");
    Path start = directory.resolve("start");
    List<JavaProcess> processes = new ArrayList<>();
    try {
      for (String name : List.of("one", "two")) {
        Path ready = directory.resolve(name);
        processes.add(
            JavaProcess.start(
                directory, "128m", Appending.class, name, file + "", ready + "", start + ""));
        Await.untilExists(ready);
      }
      // Both are up and wait: from here on they open the missing file and write to it at once.
      Files.createFile(start);
      for (JavaProcess process : processes) {
        assertThat(process.succeed()).contains("appended all");
      }
    } finally {
      processes.forEach(JavaProcess::close);
    }

    try (Daybook daybook = Daybook.open(file)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      List<RecordedEvent<ParcelEvent>> shared = journal.read(EventQuery.stream("shared"));
      assertThat(journal.stats().events()).isEqualTo(2L * 2 * THREADS * APPENDS);
      assertThat(shared).hasSize(2 * THREADS * APPENDS);
      assertThat(shared.get(shared.size() - 1).seq()).isEqualTo(shared.size());
      assertThat(shared).extracting(RecordedEvent::data).doesNotHaveDuplicates();
      for (String name : List.of("one", "two")) {
        for (int thread = 0; thread < THREADS; thread++) {
          assertThat(journal.highestSeq(name + "-" + thread)).isEqualTo(APPENDS);
        }
      }
    }
  }

  /**
   * Waits for the start, then appends from several threads to streams of its own and a shared one.
   */
  static final class Appending {
    private Appending() {}

    public static void main(String[] args) throws Exception {
      String name = args[0];
      try (Daybook daybook = Daybook.open(Path.of(args[1]))) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        Files.createFile(Path.of(args[2]));
        Await.untilExists(Path.of(args[3]));
        List<Outcome<Integer>> outcomes =
            ConcurrentRendezvous.collide(
                THREADS,
                thread ->
                    () -> {
                      for (int i = 0; i < APPENDS; i++) {
                        ParcelEvent event = ParcelEvent.posted(name + "-" + thread + "-" + i);
                        journal.append(name + "-" + thread, ExpectedSeq.exactly(i), event);
                        journal.append("shared", ExpectedSeq.any(), event);
                      }
                      return thread;
                    });
        outcomes.forEach(Outcome::orThrow);
      }
      System.out.println("appended all");
    }
  }
}
