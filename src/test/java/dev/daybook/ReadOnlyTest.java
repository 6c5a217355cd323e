package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.fixture.DirectoryState;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever only looks changes no byte, leaves no file behind, and needs no right to write. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadOnlyTest {

  @TempDir private Path directory;
  private Path file;
  private Path copies;

  @BeforeEach
  void make_a_store() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    copies = Files.createDirectory(directory.resolve("copies"));
    file = home.resolve("journal.db");
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook);
      daybook.snapshots(String.class).save("a", 1, "state");
      daybook.checkpoints().save("c", 1);
    }
  }

  /** Everything that only looks, by what it is called. */
  private Map<String, Consumer<Daybook>> looks() {
    Map<String, Consumer<Daybook>> looks = new TreeMap<>();
    looks.put("read", it -> it.rawJournal().read(EventQuery.all()));
    looks.put(
        "stream",
        it -> {
          try (Stream<RecordedEvent<EncodedEvent>> events =
              it.rawJournal().stream(EventQuery.stream("a"))) {
            assertThat(events).hasSize(1);
          }
        });
    looks.put("latestPosition", it -> it.rawJournal().latestPosition());
    looks.put("snapshot", it -> it.snapshots(String.class).loadLatest("a"));
    looks.put("documents", it -> it.documents().currentMeta("d"));
    looks.put("checkpoint", it -> it.checkpoints().list());
    looks.put("subscriptions", it -> it.subscriptions().list());
    looks.put("status", it -> it.streams().status("a"));
    looks.put("schemaVersion", Daybook::schemaVersion);
    looks.put("doctor", it -> it.maintenance().doctor());
    looks.put("verify", it -> assertThat(it.maintenance().verify().isHealthy()).isTrue());
    looks.put("backup", it -> it.maintenance().backup(copies.resolve("copy-of-it.db")));
    return looks;
  }

  @Test
  void no_look_changes_a_file_with_a_log() throws IOException {
    assertUnchangedByLooks(file);
  }

  @Test
  void no_look_changes_a_backup() throws IOException {
    Path backup = file.resolveSibling("backup.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().backup(backup);
    }
    assertUnchangedByLooks(backup);
  }

  /** Whose bytes must not be read here: SQLite's locks would be lost by that. */
  @Test
  void no_look_changes_a_file_that_is_being_written() throws IOException {
    try (Daybook writer = Daybook.open(file)) {
      append(writer);
      writer.rawJournal().delete("a", 1);
      List<FileTime> before = timesOfFiles();
      for (Consumer<Daybook> look : looks().values()) {
        Files.deleteIfExists(copies.resolve("copy-of-it.db"));
        try (Daybook reader = Daybook.builder(file).readOnly().build()) {
          look.accept(reader);
        }
      }
      assertThat(timesOfFiles()).isEqualTo(before);
      append(writer);
    }
  }

  private List<FileTime> timesOfFiles() throws IOException {
    return List.of(
        Files.getLastModifiedTime(file),
        Files.getLastModifiedTime(file.resolveSibling("journal.db-wal")));
  }

  @Test
  void a_snapshot_ahead_of_its_stream_is_passed_over_and_stays() {
    try (Daybook writer = Daybook.open(file)) {
      writer.snapshots(String.class).save("a", 9, "of lost events");
    }
    List<SnapshotMiss> misses = new ArrayList<>();
    try (Daybook reader = Daybook.builder(file).readOnly().build()) {
      SnapshotStore<String> snapshots =
          reader.snapshots(String.class, SnapshotOptions.defaults().withMissListener(misses::add));
      Recovery<String, EncodedEvent> recovery =
          Recovery.of(reader.rawJournal(), snapshots, () -> "", (state, event) -> "folded");

      assertThat(recovery.recover("a").state()).isEqualTo("state");
      try (Stream<SnapshotInfo> left = snapshots.list("a")) {
        assertThat(left).hasSize(2);
      }
    }
    assertThat(misses)
        .extracting(SnapshotMiss::reason)
        .satisfiesExactly(
            ahead -> assertThat(ahead).contains("ahead of the stream"),
            left -> assertThat(left).contains("could not be deleted", "readOnly()"));
  }

  /** As a process leaves them that was killed. */
  @Test
  void a_log_that_was_left_is_read_and_stays() throws IOException {
    Path left = copyWhileOpen("journal.db", "journal.db-wal", "journal.db-shm");
    DirectoryState before = DirectoryState.around(left);
    try (Daybook reader = Daybook.builder(left).readOnly().build()) {
      assertThat(reader.rawJournal().highestSeq("late")).isEqualTo(1);
      reader.maintenance().backup(copies.resolve("copy.db"));
      assertThat(reader.maintenance().verify().isHealthy()).isTrue();
    }
    assertThat(DirectoryState.around(left).without("journal.db-shm"))
        .isEqualTo(before.without("journal.db-shm"));
    try (Daybook copy = Daybook.open(copies.resolve("copy.db"))) {
      assertThat(copy.rawJournal().highestSeq("late")).isEqualTo(1);
    }
  }

  @Test
  void verifying_and_diagnosing_never_change_a_file_that_is_not_open_yet() throws IOException {
    Path backup = file.resolveSibling("backup.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().backup(backup);
    }
    DirectoryState before = DirectoryState.around(file);

    for (Path each : List.of(backup, file)) {
      try (Daybook daybook = Daybook.open(each)) {
        assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
        assertThat(daybook.maintenance().doctor().lastEvent()).isEqualTo(1);
        daybook.maintenance().backup(copies.resolve("copy-of-" + each.getFileName()));
      }
    }

    assertThat(DirectoryState.around(file)).isEqualTo(before);
  }

  @Test
  void whoever_writes_is_refused_and_nothing_is_changed() throws IOException {
    DirectoryState before = DirectoryState.around(file);
    try (Daybook daybook = Daybook.builder(file).readOnly().build()) {
      for (Runnable write :
          List.<Runnable>of(
              () -> append(daybook),
              () -> appendInline(daybook),
              () -> daybook.checkpoints().save("c", 2),
              () -> daybook.snapshots(String.class).save("a", 1, "other"),
              () -> daybook.streams().archive("a"),
              () -> daybook.rawJournal().delete("a", 1),
              () -> daybook.transaction(tx -> {}))) {
        assertThatThrownBy(write::run)
            .isInstanceOf(ReadOnlyException.class)
            .hasMessageContaining("readOnly()");
      }
    }
    assertThat(DirectoryState.around(file)).isEqualTo(before);
    assertThatThrownBy(() -> Daybook.builder(file).readOnly().wal(false).build())
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void what_has_no_tables_is_described_and_left_alone() throws Exception {
    Path missing = directory.resolve("missing.db");
    Path empty = Files.createFile(file.resolveSibling("empty.db"));
    Path other = file.resolveSibling("other.db");
    execute(other, "create table own (id)");
    DirectoryState before = DirectoryState.around(file);

    assertRefused(missing, OpenException.Reason.UNREACHABLE, "does not exist");
    assertRefused(empty, OpenException.Reason.TABLES, "it has no tables, and none of a Daybook");
    assertRefused(other, OpenException.Reason.TABLES, "it has tables (\"own\"), and none of");
    assertThat(DirectoryState.around(file)).isEqualTo(before);
    assertThat(missing).doesNotExist();
  }

  private void assertUnchangedByLooks(Path looked) throws IOException {
    DirectoryState before = DirectoryState.around(looked);
    for (Map.Entry<String, Consumer<Daybook>> look : looks().entrySet()) {
      Files.deleteIfExists(copies.resolve("copy-of-it.db"));
      try (Daybook daybook = Daybook.builder(looked).readOnly().build()) {
        look.getValue().accept(daybook);
      }
      assertThat(DirectoryState.around(looked)).as(look.getKey()).isEqualTo(before);
    }
  }

  /** A directory with copies of a database's files, one event of which is only in the log. */
  private Path copyWhileOpen(String... names) throws IOException {
    Path left = Files.createDirectory(directory.resolve("left"));
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "late");
      for (String name : names) {
        Files.copy(file.resolveSibling(name), left.resolve(name));
      }
    }
    return left.resolve("journal.db");
  }

  private static void append(Daybook daybook) {
    append(daybook, "a");
  }

  private static void append(Daybook daybook, String stream) {
    daybook.rawJournal().append(stream, ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }

  private static void appendInline(Daybook daybook) {
    Subscriber<EncodedEvent> projection =
        Subscriber.of("c", daybook.rawJournal(), ExactlyOnce.each((transaction, event) -> {}));
    daybook
        .subscriptions()
        .inline(projection)
        .append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void assertRefused(Path path, OpenException.Reason reason, String text) {
    try (Daybook daybook = Daybook.builder(path).readOnly().build()) {
      OpenException refusal =
          catchThrowableOfType(OpenException.class, () -> daybook.rawJournal().latestPosition());
      assertThat(refusal.reason()).isEqualTo(reason);
      assertThat(refusal).hasMessageContaining(text);
    }
  }
}
