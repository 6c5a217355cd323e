package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that back up, check and restore a file. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MaintenanceCommandsTest {

  @TempDir private Path directory;
  private Path db;
  private Path backup;

  @BeforeEach
  void fill() {
    db = directory.resolve("shop.db");
    backup = directory.resolve("backup.db");
    try (Daybook daybook = Daybook.open(db)) {
      for (int n = 1; n <= 3; n++) {
        daybook
            .rawJournal()
            .append("order-1", ExpectedSeq.any(), EncodedEvent.json("Moved", "{\"n\":" + n + "}"));
      }
    }
  }

  @Test
  void a_file_is_backed_up_and_restored() {
    assertThat(run(0, "backup", backup.toString()).out())
        .startsWith("copied " + db + " to " + backup);
    assertThat(run(1, "backup", backup.toString()).err())
        .endsWith("exists, and is not to be overwritten; --force replaces it\n");
    assertThat(run(0, "backup", backup.toString(), "--force", "--json").out())
        .startsWith("{\"backup\":\"" + backup + "\",\"bytes\":");

    assertThat(run(1, "restore", backup.toString()).err()).contains("not to be overwritten");
    assertThat(run(0, "restore", backup.toString(), "--force").out())
        .isEqualTo("restored " + db + " from " + backup + "\n");
    assertThat(run(0, "read", "order-1").lines()).hasSize(3);
  }

  @Test
  void a_healthy_file_has_no_findings() {
    Run run = run(0, "verify");

    assertThat(run.out()).isEqualTo("0 findings in 3 events and 0 documents\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void each_finding_names_its_stream_and_fails_the_command() {
    damage(db);

    assertThat(run(1, "verify").lines())
        .containsExactly(
            "error event-missing: stream \"order-1\" has no event 2",
            "1 finding in 2 events and 0 documents");
    assertThat(run(1, "verify", "--json").lines())
        .containsExactly(
            "{\"finding\":\"event-missing\",\"severity\":\"error\",\"stream\":\"order-1\",\"seq\":2,\"text\":\"stream \\\"order-1\\\" has no event 2\"}",
            "{\"findings\":1,\"events\":2,\"documents\":0,\"unopened\":0}");
  }

  @Test
  void a_damaged_backup_is_not_restored() {
    run(0, "backup", backup.toString());
    damage(backup);

    Run run = run(1, "restore", backup.toString(), "--force");

    assertThat(run.out()).contains("error event-missing: stream \"order-1\"");
    assertThat(run.err()).startsWith("daybook: " + backup + " is damaged: 1 findings");
    assertThat(run(0, "verify").out()).isEqualTo("0 findings in 3 events and 0 documents\n");
  }

  @Test
  void a_file_that_is_not_there_is_not_made() {
    db = directory.resolve("misspelt.db");

    for (String command : List.of("verify", "backup")) {
      String[] args =
          command.equals("backup") ? new String[] {command, backup + ""} : new String[] {command};
      assertThat(run(1, args).err()).contains("does not exist");
    }
    assertThat(db).doesNotExist();
    assertThat(backup).doesNotExist();
  }

  @Test
  void a_file_that_is_no_database_is_called_so() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "no database");
    String refusal = "daybook: " + text + ": the file exists and is not a SQLite database\n";
    db = directory.resolve("new.db");
    assertThat(run(1, "restore", text.toString()).err()).endsWith(refusal);
    assertThat(db).doesNotExist();

    db = text;
    assertThat(run(1, "verify").err()).isEqualTo(refusal);
    assertThat(run(1, "backup", backup.toString()).err()).isEqualTo(refusal);
    assertThat(backup).doesNotExist();
  }

  private static void damage(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      daybook.transaction(tx -> DSL.using(tx).execute("delete from events where seq = 2"));
    }
  }

  private Run run(int status, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.add("--db");
    args.add(db.toString());
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    return run;
  }
}
