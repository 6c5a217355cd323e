package dev.daybook.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentProcessesTest {

  private static final int THREADS = 8;
  private static final int ENTRIES = Scale.of(500, 2_000);
  private static final int DOCUMENTS = 10;
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");

  @TempDir private Path directory;

  @Test
  void two_processes_with_eight_threads_each_lose_nothing_and_keep_each_threads_order()
      throws Exception {
    Path file = directory.resolve("shared.db");
    try (Daybook daybook = Daybook.open(file)) {
      for (int document = 0; document < DOCUMENTS; document++) {
        daybook.documents().append("doc-" + document, META);
      }
    }

    try (JavaProcess one = JavaProcess.start(directory, "256m", Writer.class, file + "", "one");
        JavaProcess two = JavaProcess.start(directory, "256m", Writer.class, file + "", "two")) {
      assertThat(one.succeed()).contains("all appended");
      assertThat(two.succeed()).contains("all appended");
    }

    Map<String, Integer> next = new HashMap<>();
    int total = 0;
    try (Daybook daybook = Daybook.open(file)) {
      for (int document = 0; document < DOCUMENTS; document++) {
        try (Stream<DocumentRecord> records = daybook.documents().loadAll("doc-" + document)) {
          for (DocumentRecord record : records.skip(1).toList()) {
            String writer = ((Entry) record).lineage() + "@" + document;
            int number = Integer.parseInt(((Entry) record).version());
            assertThat(number).isEqualTo(next.getOrDefault(writer, document));
            next.put(writer, number + DOCUMENTS);
            total++;
          }
        }
      }
    }
    assertThat(total).isEqualTo(2 * THREADS * ENTRIES);
  }

  /** Appends from several threads, each entry to the next of the documents. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (Daybook daybook =
          Daybook.builder(Path.of(args[0]))
              .synchronous(Synchronous.NORMAL)
              .busyTimeout(Duration.ofMinutes(1))
              .build()) {
        List<Outcome<Integer>> outcomes =
            ConcurrentRendezvous.collide(
                THREADS,
                thread ->
                    () -> {
                      for (int n = 0; n < ENTRIES; n++) {
                        daybook
                            .documents()
                            .append(
                                "doc-" + n % DOCUMENTS,
                                Entry.since(EntryData.json("" + n), "" + n)
                                    .withLineage(args[1] + "-" + thread));
                      }
                      return thread;
                    });
        outcomes.forEach(Outcome::orThrow);
      }
      System.out.println("all appended");
    }
  }
}
