package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for the life of streams. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamCommandsTest {

  @TempDir private Path directory;
  private Path db;
  private Path archive;

  @BeforeEach
  void fill_the_file() {
    db = directory.resolve("shop.db");
    archive = directory.resolve("archive.db");
    try (Daybook daybook = Daybook.open(db)) {
      for (int n = 1; n <= 3; n++) {
        daybook
            .rawJournal()
            .append("order-1", ExpectedSeq.any(), EncodedEvent.json("OrderPlaced", "{}"));
      }
    }
  }

  @Test
  void streams_are_counted_in_every_state() {
    for (String stream : List.of("active", "archived", "deleted", "moved", "tombstoned")) {
      for (int n = 0; n < 3; n++) {
        run("append", stream, "--type", "T", "{}");
      }
      run("delete", stream, "--to", "1", "--force");
    }
    run("stream", "archive", "archived");
    run("stream", "delete", "deleted", "--force");
    run("archive", "moved", "--to", archive.toString());
    run("stream", "tombstone", "tombstoned");

    assertThat(run("streams", "--counts").out())
        .isEqualTo(
            "active\tactive\t2\t3\narchived\tarchived\t2\t3\ndeleted\tdeleted\t0\t3\nmoved\tarchived\t0\t3\norder-1\tactive\t3\t3\ntombstoned\ttombstoned\t2\t3\n");
  }

  @Test
  void a_status_is_printed_for_people_and_programs() {
    assertThat(run("stream", "status", "order-1").out())
        .isEqualTo("stream \"order-1\" is active; its high-water mark is 3\n");
    assertThat(run("stream", "status", "order-1", "--json").out())
        .isEqualTo(
            "{\"stream\":\"order-1\",\"state\":\"active\",\"lastSeq\":3,\"deletedTo\":0,\"moved\":false}\n");
    for (String[] command :
        List.of(
            new String[] {"stream", "status", "order-2"},
            new String[] {"stream", "archive", "order-2"},
            new String[] {"stream", "restore", "order-2"},
            new String[] {"stream", "tombstone", "order-2"},
            new String[] {"archive", "order-2", "--to", archive.toString()},
            new String[] {"stream", "delete", "order-2", "--force"},
            new String[] {"delete", "order-2", "--to", "1", "--force"},
            new String[] {"read", "order-2"},
            new String[] {"snapshots", "order-2"},
            new String[] {"snapshot", "invalidate", "order-2", "--force"})) {
      assertThat(fail(command)).isEqualTo("daybook: there is no stream \"order-2\"\n");
    }
    assertThat(archive).doesNotExist();
  }

  @Test
  void a_stream_is_archived_restored_tombstoned_and_deleted() {
    assertThat(run("stream", "archive", "order-1").out())
        .startsWith("stream \"order-1\" is archived since 2");
    assertThat(run("read", "order-1").lines()).hasSize(3);
    assertThat(fail("append", "order-1", "--type", "T", "{}"))
        .startsWith("daybook: stream \"order-1\" was archived at ")
        .hasLineCount(1);
    assertThat(run("stream", "restore", "order-1").out())
        .startsWith("stream \"order-1\" is active since 2");
    assertThat(run("stream", "tombstone", "order-1", "--reason", "fraud", "--json").out())
        .startsWith("{\"stream\":\"order-1\",\"state\":\"tombstoned\",\"lastSeq\":3")
        .contains("\"reason\":\"fraud\",\"changedAt\":\"2");
    assertThat(fail("read", "order-1"))
        .startsWith("daybook: stream \"order-1\" was tombstoned at ")
        .endsWith(": fraud\n");
    assertThat(run("stream", "delete", "order-1", "--force").out())
        .isEqualTo("deleted stream \"order-1\", which had 3 events\n");
    assertThat(fail("stream", "delete", "order-1", "--force"))
        .startsWith("daybook: stream \"order-1\" was deleted at ");
    assertThat(fail("stream", "restore", "order-1")).contains("name can't be used again");
  }

  @Test
  void a_stream_is_moved_to_a_file_and_back() {
    String before = run("read", "order-1", "--json").out();

    String moved = run("archive", "order-1", "--to", archive + "", "--json").out();

    assertThat(moved)
        .matches(
            "\\{\"stream\":\"order-1\",\"lastSeq\":3,\"events\":3,\"contentHash\":\"[0-9a-f]{64}\"}\n");
    assertThat(run("stream", "status", "order-1").out()).contains("moved to another store");
    assertThat(fail("read", "order-1")).contains("moved to another store");
    assertThat(fail("stream", "restore", "order-1")).contains("restore it from there");
    assertThat(Run.of("read", "order-1", "--db", archive + "", "--json").out()).isEqualTo(before);
    assertThat(run("archive", "order-1", "--to", archive + "", "--json").out())
        .as("once more")
        .isEqualTo(moved);

    assertThat(run("stream", "restore", "order-1", "--from", archive + "").out())
        .startsWith("restored 3 events of stream \"order-1\", SHA-256 ");

    assertThat(run("read", "order-1").lines()).hasSize(3);
    assertThat(run("stream", "status", "order-1", "--json").out()).contains("\"active\"");
  }

  @Test
  void wrong_usage_and_missing_files_are_told() {
    assertThat(Run.of("stream", "--db", db + "").status()).isEqualTo(2);
    assertThat(Run.of("archive", "order-1", "--db", db + "").status()).isEqualTo(2);
    assertThat(fail("stream", "restore", "order-1", "--from", archive + ""))
        .startsWith("daybook: %s does not exist".formatted(archive));
    assertThat(fail("archive", "order-1", "--to", db + ""))
        .contains("are the same store; expected another one");
    assertThat(Files.exists(archive)).isFalse();
    assertThat(run("read", "order-1").lines()).hasSize(3);
  }

  private String fail(String... args) {
    Run run = of(args);
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    return run.err();
  }

  private Run run(String... args) {
    Run run = of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private Run of(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--db", db.toString()));
    return Run.of(all.toArray(String[]::new));
  }
}
