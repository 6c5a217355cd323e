package dev.daybook.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of more than fits into the memory of its process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyScaleTest {

  private static final int MILLION = 1_000_000;

  @TempDir private Path directory;

  @Test
  void a_million_events_are_copied_with_a_heap_of_64_megabytes() throws Exception {
    Path from = directory.resolve("source.db");
    try (JavaProcess seeding = JavaProcess.start(directory, "512m", Seeding.class, from + "")) {
      assertThat(seeding.succeed()).contains("seeded");
    }

    try (JavaProcess copying =
        JavaProcess.start(
            directory,
            "64m",
            CopyProcessTest.Copying.class,
            from.toString(),
            directory.resolve("target.db").toString(),
            "none",
            "nowhere")) {
      String printed = copying.succeed();
      assertThat(printed).contains("complete: 1000000 events");
      System.out.print(printed);
    }
  }

  /** Fills a file with a million events, each with a tag, and a thousand documents. */
  static final class Seeding {
    private Seeding() {}

    public static void main(String[] args) {
      try (Daybook daybook =
          Daybook.builder(Path.of(args[0])).synchronous(Synchronous.NORMAL).build()) {
        CopyProcessTest.fill(daybook, MILLION / 100, 100);
        for (int n = 0; n < 1_000; n++) {
          daybook.documents().append("doc-" + n, FilledStore.META);
          daybook.documents().append("doc-" + n, FilledStore.entry("text " + n));
        }
        System.out.println("seeded");
      }
    }
  }
}
