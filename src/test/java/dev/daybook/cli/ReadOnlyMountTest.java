package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.fixture.DirectoryState;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium that nobody can write, whoever he is: the kernel says so, and not the permissions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("system")
class ReadOnlyMountTest {

  /** Mounts the first argument over itself, and becomes the program that the others are. */
  private static final String MOUNT =
      "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";

  @TempDir private Path directory;
  private Path medium;
  private Path db;
  private Path backup;

  @BeforeEach
  void make_a_store() throws IOException {
    medium = Files.createDirectory(directory.resolve("medium"));
    db = medium.resolve("shop.db");
    backup = directory.resolve("backup.db");
    try (Daybook daybook = Daybook.open(db)) {
      append(daybook, "first");
    }
  }

  @Test
  void a_database_without_a_log_is_read_checked_and_backed_up() throws Exception {
    assertThatAllIsRead();
  }

  @Test
  void so_is_one_whose_log_is_empty() throws Exception {
    Files.createFile(db.resolveSibling("shop.db-wal"));
    assertThatAllIsRead();
  }

  /** As a process leaves it that was killed; without the log it would be another state. */
  @Test
  void one_whose_log_has_something_is_refused_with_how_much_that_is() throws Exception {
    leave("shop.db", "shop.db-wal");
    long bytes = Files.size(db.resolveSibling("shop.db-wal"));
    assertThat(bytes).isPositive();
    DirectoryState before = DirectoryState.around(db);

    for (Run run : looks()) {
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains(bytes + " bytes of it are in its log or journal and can't be read");
    }
    assertThat(backup).doesNotExist();
    assertThat(DirectoryState.around(db)).isEqualTo(before);
  }

  /** The file of the locks is all that SQLite wants beside it. */
  @Test
  void one_whose_log_and_locks_are_there_is_read_with_what_is_in_the_log() throws Exception {
    leave("shop.db", "shop.db-wal", "shop.db-shm");

    assertThat(run("events").out()).contains("first", "late");
  }

  @Test
  void what_would_write_says_that_nobody_can() throws Exception {
    DirectoryState before = DirectoryState.around(db);

    Run run = run("delete", "first", "--to", "1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).as(run.out()).contains("expected the right to write the file");
    assertThat(DirectoryState.around(db)).isEqualTo(before);
  }

  private void assertThatAllIsRead() throws Exception {
    DirectoryState before = DirectoryState.around(db);

    List<Run> runs = looks();

    assertThat(runs).allSatisfy(run -> assertThat(run.status()).as(run.err()).isZero());
    assertThat(runs.get(0).out()).containsPattern("events\t1\n");
    assertThat(runs.get(1).out()).contains("first");
    assertThat(DirectoryState.around(db)).isEqualTo(before);
    try (Daybook copy = Daybook.open(backup)) {
      assertThat(copy.rawJournal().highestSeq("first")).isEqualTo(1);
    }
  }

  private List<Run> looks() throws Exception {
    return List.of(run("stats"), run("events"), run("verify"), run("backup", backup.toString()));
  }

  private void leave(String... names) throws IOException {
    Path written = Files.createDirectory(directory.resolve("written"));
    Files.move(db, written.resolve("shop.db"));
    try (Daybook daybook = Daybook.open(written.resolve("shop.db"))) {
      append(daybook, "late");
      for (String name : names) {
        Files.copy(written.resolve(name), medium.resolve(name));
      }
    }
  }

  private Run run(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!System.getProperty("user.name").equals("root")) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("sh", "-c", MOUNT, medium.toString()));
    command.addAll(Run.command("64m", args));
    command.addAll(List.of("--db", db.toString()));
    return Run.finish(directory, Run.start(directory, new ProcessBuilder(command)));
  }

  private static void append(Daybook daybook, String stream) {
    daybook.rawJournal().append(stream, ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }
}
