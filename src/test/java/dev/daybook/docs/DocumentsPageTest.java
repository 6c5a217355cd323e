package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on documents. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentsPageTest {

  @TempDir private Path directory;

  @Test
  void the_document_holds_what_it_was_replaced_by() {
    try (Daybook daybook = Daybook.open(directory.resolve("notes.db"))) {
      DocumentStore documents = daybook.documents();
      Meta meta =
          new Meta(
              new ReplicaType("text", 1, 0),
              new SyncMode("concurrent", "broadcast", "durable"),
              "schema-1");
      documents.append("note-1", meta);
      documents.append("note-1", Entry.since(EntryData.json("[\"insert\",0,\"Hi\"]"), "v1"));
      documents.append("note-1", Entry.since(EntryData.binary(new byte[] {1, 2}), "v2"));
      documents.replace("note-1", List.of(meta, Entry.entirety(EntryData.json("\"Hi!\""), "v2")));
      try (Stream<DocumentRecord> records = documents.loadAll("note-1")) {
        records.forEach(System.out::println);
      }
      try (Stream<DocumentRecord> records = documents.loadAll("note-1")) {
        assertThat(records).containsExactly(meta, Entry.entirety(EntryData.json("\"Hi!\""), "v2"));
      }
      List<String> notes = documents.listDocIds("note-", "", 100);
      Optional<Meta> current = documents.currentMeta("note-1");
      boolean was = documents.delete("note-1");
      assertThat(notes).containsExactly("note-1");
      assertThat(current).contains(meta);
      assertThat(was).isTrue();
    }
  }

  @Test
  void an_entry_before_any_meta_is_refused() throws IOException {
    try (Daybook daybook = Daybook.inMemory()) {
      DocumentException refusal =
          catchThrowableOfType(
              DocumentException.class,
              () -> daybook.documents().append("note-9", Entry.since(EntryData.json("1"), "v1")));

      assertThat(Block.output(Path.of("src/docs/documents.md"), "no-meta"))
          .isEqualTo(refusal.getMessage());
    }
  }
}
