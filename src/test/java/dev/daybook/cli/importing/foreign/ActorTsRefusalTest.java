package dev.daybook.cli.importing.foreign;

import static dev.daybook.cli.importing.foreign.ImportTarget.next;
import static dev.daybook.cli.importing.foreign.ImportTarget.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.cli.importing.foreign.ImportTarget.Kind;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused of files of actor-ts, and left as it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ActorTsRefusalTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("actors.db");
  }

  @Test
  void bad_rows_are_named_and_nothing_is_written_unless_they_are_left_out() throws IOException {
    try (WrittenFile written = WrittenFile.at(file).actorTs016().snapshots016()) {
      written
          .insert("events", "good", 1, "{\"type\":\"A\"}", null, 1L)
          .insert("events", "json", 1, "{\"type\":\"A\"}", null, 1L)
          .insert("events", "json", 2, "{\"type\":", null, 1L)
          .insert("events", "json", 3, "{\"type\":\"A\"}", null, 1L)
          .insert("events", "hole", 1, "{\"type\":\"A\"}", null, 1L)
          .insert("events", "hole", 3, "{\"type\":\"A\"}", null, 1L)
          .insert("events", "untyped", 1, "{\"kind\":\"A\"}", null, 1L)
          .insert("events", "time", 1, "{\"type\":\"A\"}", null, "yesterday")
          .insert("events", "bytes", 1, new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}, null, 1L)
          .insert("events", "tag", 1, "{\"type\":\"A\"}", "a\u0001b", 1L)
          .insert("events", "", 1, "{\"type\":\"A\"}", null, 1L)
          .insert("snapshots", "good", 2, "{}", 1L)
          .insert("snapshots", "json", 1, "{", 1L);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run refused = target.run("import", "--from", "actor-ts", file.toString());

      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err().lines())
          .anyMatch(line -> line.startsWith("daybook: events \"json/2\": it is not valid JSON: "))
          .contains(
              "daybook: events \"json/3\": it comes after number 2, which is not imported",
              "daybook: events \"hole/3\": its number is not the next of its stream, which is 2",
              "daybook: events \"untyped/1\": it says no type at /type; --type says where it is, and --type-is what it is otherwise",
              "daybook: events \"time/1\": ts is the text \"yesterday\"; expected a whole number",
              "daybook: events \"bytes/1\": it is not text in UTF-8",
              "daybook: events \"/1\": stream id is empty; expected 1 to 255 characters",
              "daybook: snapshots \"good/2\": its stream's events are imported up to 1 only")
          .anyMatch(line -> line.startsWith("daybook: events \"tag/1\": tag has the control char"))
          .anyMatch(
              line -> line.startsWith("daybook: snapshots \"json/1\": it is not valid JSON: "))
          .last()
          .isEqualTo(
              "daybook: 10 rows can't be imported; nothing was written; --skip-bad FILE leaves them out");
      assertThat(directory.resolve("target.db")).doesNotExist();

      Path aside = directory.resolve("bad.ndjson");
      Run skipping =
          target.run(
              "import", "--from", "actor-ts", file.toString(), "--skip-bad", aside.toString());

      assertThat(skipping.status()).as(skipping.err()).isEqualTo(3);
      assertThat(skipping.out())
          .startsWith("imported 3 events, 0 were there already, 10 rows skipped; ");
      List<JsonNode> rows = new ArrayList<>();
      for (String line : Files.readAllLines(aside)) {
        rows.add(new JsonMapper().readTree(line));
      }
      assertThat(rows).hasSize(10);
      assertThat(rows.get(0).get("key").asText()).isEqualTo("/1");
      assertThat(target.events())
          .extracting(RecordedEvent::streamId)
          .containsExactly("good", "json", "hole");
      assertThat(target.verified()).startsWith("0 findings in 3 events");
    }
  }

  @Test
  void a_dry_run_says_what_would_be_imported_and_changes_nothing() throws IOException {
    try (WrittenFile written = WrittenFile.at(file).documentedActorTs()) {
      written
          .insert("events", "a", 1, "{\"type\":\"A\"}", 1L, "x")
          .insert("events", "a", 2, "{}", 1L, null);
    }
    byte[] before = Files.readAllBytes(file);
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "actor-ts", file.toString(), "--dry-run");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out())
          .startsWith("would import 1 stream, 1 event, 1 tag, 0 snapshots, ")
          .endsWith("; 1 row can't be imported\n");
      assertThat(run.err()).startsWith("daybook: events \"a/2\": it says no type at /type");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(file);
      }
      assertThat(file).hasBinaryContent(before);
    }
  }

  @Test
  void what_is_in_the_store_already_is_not_mixed_with_the_file() {
    try (WrittenFile written = WrittenFile.at(file).documentedActorTs()) {
      written
          .insert("events", "a", 1, "{\"type\":\"A\"}", 1L, null)
          .insert("events", "b", 1, "{\"type\":\"A\"}", 1L, null);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      try (Daybook daybook = target.open()) {
        next(daybook, "b");
        next(daybook, "c");
      }

      Run run = target.run("import", "--from", "actor-ts", file.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .contains(
              "1 stream, 0 documents and 0 checkpoints of the file are in the store already, such as \"b\"");
      assertThat(target.events()).hasSize(2);
    }
  }

  @Test
  void an_import_is_continued_only_with_the_same_file_and_compared_each_time() {
    try (WrittenFile written = WrittenFile.at(file).documentedActorTs()) {
      written.insert("events", "a", 1, "{\"type\":\"A\"}", 1L, null);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "actor-ts", file.toString()};
      assertThat(target.run(args).status()).isZero();
      assertThat(target.run(args).err()).contains("1 event imported before; --resume");
      assertThat(target.run(with(args, "--resume")).out())
          .startsWith("imported 0 events, 1 was there already, ");
      assertThat(target.run(with(args, "--resume", "--type-is", "X", "--type", "/x")).err())
          .contains("the file has other content than when the import of it began");

      try (Daybook daybook = target.open()) {
        next(daybook, "a");
      }
      Run different = target.run(with(args, "--resume"));
      assertThat(different.status()).isEqualTo(1);
      assertThat(different.out())
          .startsWith("stream \"a\": 1 row in the file, 2 rows in the store\n");
      assertThat(different.err()).contains("1 thing is not the same in the store");

      try (WrittenFile written = WrittenFile.at(file)) {
        written.insert("events", "a", 2, "{\"type\":\"A\"}", 1L, null);
      }
      assertThat(target.run(with(args, "--resume")).err())
          .contains("the file has other content than when the import of it began");
    }
  }

  @Test
  void a_mark_that_contradicts_the_file_and_options_of_other_programs_are_refused() {
    try (WrittenFile written = WrittenFile.at(file).actorTs016()) {
      written.insert("events", "a", 1, "{\"type\":\"A\"}", null, 1L).insert("events_meta", "b", 7);
    }
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      String[] args = {"import", "--from", "actor-ts", file.toString()};
      assertThat(target.run(with(args, "--high-water-mark", "a=5")).err())
          .contains("--high-water-mark a=5: the stream has events up to 1, after which a gap");
      assertThat(target.run(with(args, "--high-water-mark", "b=5")).err())
          .contains("--high-water-mark b=5: the stream's numbers were given up to 7");
      assertThat(target.run(with(args, "--high-water-mark", "b")).err())
          .contains("--high-water-mark is \"b\"; expected STREAM=N");
      assertThat(target.run(with(args, "--delivery", "x")).err())
          .contains("--delivery is for files of kyneta");
      assertThat(target.run("import", "--from", "kafka", file.toString()).status()).isEqualTo(2);
      assertThat(target.run("import", "--from", "actor-ts", file + "x").err())
          .contains("actors.dbx does not exist");
      assertThat(directory.resolve("target.db")).doesNotExist();
    }
  }

  @Test
  void the_file_itself_is_never_written() throws IOException {
    try (WrittenFile written = WrittenFile.at(file).actorTs016()) {
      written.insert("events", "a", 1, "{}", null, 1L);
    }
    byte[] before = Files.readAllBytes(file);
    String[] args = {"import", "--from", "actor-ts", file.toString(), "--db"};

    assertThat(Run.of(with(args, file.toString())).err())
        .contains("actors.db, the file that is to be imported; expected another one");
    assertThat(Run.of(with(args, file + "2", "--skip-bad", file.toString())).err())
        .contains("--skip-bad would overwrite");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws IOException {
    Files.writeString(file, "no database at all, but long enough to be read as one".repeat(40));
    try (ImportTarget target = ImportTarget.of(Kind.SQLITE, directory)) {
      Run run = target.run("import", "--from", "actor-ts", file.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("actors.db").doesNotContain("--verbose");
    }
  }
}
