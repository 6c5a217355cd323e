package dev.daybook.document;

import static dev.daybook.internal.jooq.Tables.DOC_META;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.fixture.StoreTables;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentScaleTest {

  private static final int AT_ONCE = 10_000;
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");

  @TempDir private Path directory;

  @Test
  void many_records_and_many_ids_are_read_with_a_small_heap() throws Exception {
    Path file = directory.resolve("large.db");
    try (JavaProcess writing = JavaProcess.start(directory, "512m", Write.class, file.toString())) {
      assertThat(writing.succeed()).contains("written");
    }

    try (JavaProcess reading =
        JavaProcess.start(directory, Scale.HEAP, Read.class, file.toString())) {
      String printed = reading.succeed();

      assertThat(printed)
          .contains("loaded %d records".formatted(Scale.ROWS + 1))
          .contains("listed %d ids".formatted(Scale.ROWS + 1));
      System.out.print(printed);
    }
  }

  /** Jackson by itself reads no text as long as this. */
  @Test
  void what_was_written_can_be_read_however_long_it_is() {
    String text = "\"" + "x".repeat(21_000_000) + "\"";
    Entry entry = Entry.since(EntryData.json(text), "v");
    try (Daybook daybook = Daybook.inMemory()) {
      daybook.documents().append("long", List.of(META, entry));

      try (Stream<DocumentRecord> records = daybook.documents().loadAll("long")) {
        assertThat(records).containsExactly(META, entry);
      }
      assertThat(daybook.maintenance().verify().isIntact()).isTrue();
    }
  }

  /** Writes a document of many entries of 200 bytes, and the metas of as many documents. */
  static final class Write {
    private Write() {}

    public static void main(String[] args) {
      try (Daybook daybook =
          Daybook.builder(Path.of(args[0])).synchronous(Synchronous.NORMAL).build()) {
        daybook.documents().append("large", META);
        String text = "\"" + "x".repeat(198) + "\"";
        for (int n = 0; n < Scale.ROWS; n += AT_ONCE) {
          List<Entry> entries = new ArrayList<>();
          for (int i = 0; i < AT_ONCE; i++) {
            entries.add(Entry.since(EntryData.json(text), "v" + (n + i)));
          }
          daybook.documents().append("large", entries);
        }
        for (int n = 0; n < Scale.ROWS; n += AT_ONCE) {
          int from = n;
          daybook.transaction(tx -> insertMetas(StoreTables.in(tx), from));
        }
      }
      System.out.println("written");
    }

    private static void insertMetas(DSLContext dsl, int from) {
      BatchBindStep batch =
          dsl.batch(dsl.insertInto(DOC_META, DOC_META.DOC_ID, DOC_META.DATA).values("", "{}"));
      for (int i = 0; i < AT_ONCE; i++) {
        batch = batch.bind("small-%07d".formatted(from + i), "{}");
      }
      batch.execute();
    }
  }

  /** Reads all of it, one by one. */
  static final class Read {
    private Read() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        long start = System.nanoTime();
        try (Stream<DocumentRecord> records = daybook.documents().loadAll("large")) {
          System.out.printf("loaded %d records", records.filter(it -> it != null).count());
        }
        System.out.printf(" in %.1f s%n", (System.nanoTime() - start) / 1e9);
        start = System.nanoTime();
        try (Stream<String> ids = daybook.documents().listDocIds("")) {
          System.out.printf("listed %d ids", ids.filter(id -> !id.isEmpty()).count());
        }
        System.out.printf(" in %.1f s%n", (System.nanoTime() - start) / 1e9);
      }
    }
  }
}
