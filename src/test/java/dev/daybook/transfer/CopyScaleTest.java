package dev.daybook.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of more than fits into the memory of its process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyScaleTest {

  @TempDir private Path directory;

  @Test
  void many_events_are_copied_with_a_small_heap() throws Exception {
    Path from = directory.resolve("source.db");
    try (JavaProcess seeding = JavaProcess.start(directory, "512m", Seeding.class, from + "")) {
      assertThat(seeding.succeed()).contains("seeded");
    }

    try (JavaProcess copying =
        JavaProcess.start(
            directory,
            Scale.HEAP,
            CopyProcessTest.Copying.class,
            from.toString(),
            directory.resolve("target.db").toString(),
            "none",
            "nowhere")) {
      String printed = copying.succeed();
      assertThat(printed).contains("complete: %d events".formatted(Scale.ROWS));
      System.out.print(printed);
    }
  }

  /** Fills a file with events, each with a tag, and a thousand documents. */
  static final class Seeding {
    private Seeding() {}

    public static void main(String[] args) {
      try (Daybook daybook =
          Daybook.builder(Path.of(args[0])).synchronous(Synchronous.NORMAL).build()) {
        CopyProcessTest.fill(daybook, Scale.ROWS / 100, 100);
        for (int n = 0; n < 1_000; n++) {
          daybook.documents().append("doc-" + n, FilledStore.META);
          daybook.documents().append("doc-" + n, FilledStore.entry("text " + n));
        }
        System.out.println("seeded");
      }
    }
  }
}
