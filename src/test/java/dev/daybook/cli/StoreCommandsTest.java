package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for snapshots, documents and checkpoints. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreCommandsTest {

  private static final String META =
      "{\"record\":\"meta\",\"replicaType\":{\"name\":\"text\",\"major\":1,\"minor\":0},\"syncMode\":{\"writerModel\":\"a\",\"delivery\":\"b\",\"durability\":\"c\"},\"schemaHash\":\"h\"}\n";
  private static final String TEXT =
      "{\"record\":\"entry\",\"kind\":\"since\",\"encoding\":\"json\",\"text\":\"[1, 2]\",\"version\":\"v2\",\"lineage\":\"main\"}\n";
  private static final String JSON =
      "{\"record\":\"entry\",\"kind\":\"since\",\"encoding\":\"json\",\"data\":{\"a\":[1.50,1e5,-0]},\"version\":\"v4\"}\n";
  private static final String BINARY =
      "{\"record\":\"entry\",\"kind\":\"entirety\",\"encoding\":\"binary\",\"data\":\"AAEC/w==\",\"version\":\"v3\"}\n";

  @TempDir private Path directory;
  private Path db;

  @BeforeEach
  void name_the_file() {
    db = directory.resolve("stores.db");
  }

  @Test
  void snapshots_are_listed_and_invalidated_one_stream_or_all() {
    try (Daybook daybook = Daybook.open(db)) {
      daybook.snapshots(String.class).save("a", 1, "one");
      daybook.snapshots(String.class).save("a", 2, "two");
      daybook.snapshots(String.class).save("b", 1, "one");
    }

    assertThat(run("snapshots").lines()).hasSize(3);
    assertThat(run("snapshots", "a", "--json").lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"stream\":\"a\",\"seq\":2,\"schemaVersion\":1,\"codec\":\"json\"");
    assertThat(run("snapshot", "invalidate", "a", "--json", "--force").out())
        .isEqualTo("{\"deleted\":2}\n");
    assertThat(run("snapshot", "invalidate", "--all", "--json", "--force").out())
        .isEqualTo("{\"deleted\":1}\n");
    assertThat(run("snapshots").out()).isEmpty();
    assertThat(Run.of("snapshot", "invalidate", "--db", db.toString()).status()).isEqualTo(2);
    assertThat(Run.of("snapshot", "invalidate", "a", "--all", "--db", db.toString()).status())
        .isEqualTo(2);
    assertThat(Run.of("snapshot").status()).isEqualTo(2);
  }

  @Test
  void documents_are_written_and_read_back_as_they_were_given() throws Exception {
    for (String records : List.of(META + TEXT, BINARY)) {
      assertThat(withInput(records, "doc", "append", "d").status()).isZero();
    }
    Path file = directory.resolve("record.ndjson");
    Files.writeString(file, JSON);
    assertThat(withInput("", "doc", "append", "d", "--data-file", directory.toString()).err())
        .isEqualTo("daybook: " + directory + " is a directory; expected a file\n");
    assertThat(run("doc", "append", "d", "--data-file", file.toString()).out())
        .isEqualTo("wrote 1 record of document \"d\"\n");

    assertThat(run("doc", "read", "d", "--json").out()).isEqualTo(META + TEXT + BINARY + JSON);
    String all = run("doc", "read", "d", "--json").out();
    assertThat(withInput(all, "doc", "append", "copy").out()).contains("wrote 4 records");
    assertThat(run("doc", "read", "copy", "--json").out()).isEqualTo(all);
    assertThat(run("doc", "meta", "d", "--json").out()).isEqualTo(META);
    assertThat(run("doc", "read", "d").lines())
        .containsExactly(
            "meta\t\t\ttext 1.0 a/b/c h",
            "since\tv2\tmain\t[1, 2]",
            "entirety\tv3\t\tBinary[4 bytes]",
            "since\tv4\t\t{\"a\":[1.50,1e5,-0]}");
    assertThat(run("docs").out()).isEqualTo("copy\nd\n");
    assertThat(run("docs", "--prefix", "x").out()).isEmpty();
  }

  @Test
  void a_document_is_replaced_as_a_whole_and_deleted() {
    withInput(META, "doc", "append", "d");

    Run replaced = withInput(META + "\n" + BINARY, "doc", "replace", "d", "--force");

    assertThat(replaced.out()).isEqualTo("wrote 2 records of document \"d\"\n");
    assertThat(run("doc", "read", "d", "--json").out()).isEqualTo(META + BINARY);
    assertThat(run("doc", "delete", "d", "--json", "--force").out())
        .isEqualTo("{\"deleted\":true}\n");
    for (String command : List.of("delete", "meta", "read")) {
      Run unknown = Run.of("doc", command, "d", "--db", db.toString());
      assertThat(unknown.status()).isEqualTo(1);
      assertThat(unknown.err()).isEqualTo("daybook: there is no document \"d\"\n");
    }
  }

  @Test
  void a_record_that_is_none_is_refused_with_the_reason() {
    for (String bad :
        List.of(
            "",
            "{}",
            "{\"record\":\"page\"}",
            TEXT.replace("since", "until"),
            TEXT.replace("[1, 2]", "[1,"),
            TEXT.replace("[1, 2]", ""),
            TEXT.replace("\"text\"", "\"other\""),
            TEXT.replace("\"lineage\"", "\"data\""),
            "{\"record\":",
            TEXT.replace("\"json\"", "\"yaml\""),
            BINARY.replace("AAEC", "A?EC"),
            META.replace("\"major\":1", "\"major\":\"1\""))) {
      Run run = withInput(bad, "doc", "append", "d");

      assertThat(run.status()).as(bad).isEqualTo(1);
      assertThat(run.err()).startsWith("daybook: ").hasLineCount(1).doesNotContain("Source");
    }
    String noJson = TEXT.replace("[1, 2]", "[1,");
    assertThat(withInput(META + noJson, "doc", "append", "d").err())
        .isEqualTo(
            "daybook: line 2: the text is not JSON, and the encoding is json; --any-text takes it as it is\n");
    assertThat(withInput(META + noJson, "doc", "append", "text", "--any-text").status()).isZero();
    assertThat(run("doc", "read", "text", "--json").out()).isEqualTo(META + noJson);
    assertThat(withInput(TEXT, "doc", "append", "d").err()).contains("no meta yet");
    assertThat(withInput(META + "{}", "doc", "replace", "d").err()).contains("line 2: ");
  }

  @Test
  void checkpoints_are_listed_moved_and_forgotten() {
    try (Daybook daybook = Daybook.open(db)) {
      daybook.checkpoints().save("mailer", 7);
    }

    assertThat(run("checkpoint", "set", "mailer", "3", "--json", "--force").out())
        .isEqualTo("{\"position\":3}\n");
    assertThat(run("checkpoints", "--json").lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("{\"consumer\":\"mailer\",\"position\":3,");
    assertThat(run("checkpoint", "delete", "mailer", "--force").out()).contains("is deleted");
    assertThat(Run.of("checkpoint", "delete", "mailer", "--force", "--db", db.toString()).err())
        .isEqualTo("daybook: there is no checkpoint \"mailer\"\n");
    assertThat(run("checkpoints").out()).isEmpty();
    assertThat(Run.of("checkpoint", "set", "mailer", "-3", "--db", db.toString()).status())
        .isNotZero();
  }

  private Run run(String... command) {
    Run run = withInput("", command);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private Run withInput(String input, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.add("--db");
    args.add(db.toString());
    return Run.withInput(input, args.toArray(String[]::new));
  }
}
