package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.schema.OlderSchema;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.maintenance.MaintenanceException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Putting a backup in the place of a file, and checks of files that are damaged below the rows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestoreTest {

  private static final CopyOptions OVERWRITE = CopyOptions.defaults().withOverwrite(true);
  private static final int PAGE = 4_096;

  @TempDir private Path directory;
  private Path file;
  private Path backup;

  @BeforeEach
  void back_up() {
    file = directory.resolve("journal.db");
    backup = directory.resolve("backup.db");
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a", 500);
      daybook.maintenance().backup(backup);
      append(daybook, "a", 3);
    }
  }

  @Test
  void a_backup_is_restored_over_a_file_that_nobody_uses() throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().restore(backup, OVERWRITE);

      assertThat(daybook.rawJournal().highestSeq("a")).isEqualTo(500);
      append(daybook, "a", 1);
    }
    assertThat(names()).containsExactlyInAnyOrder("journal.db", "backup.db");
  }

  @Test
  void a_backup_is_restored_where_no_file_is_and_beside_logs_that_were_left() throws IOException {
    Files.delete(file);
    Files.write(directory.resolve("journal.db-wal"), new byte[] {1, 2, 3});
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().restore(backup);

      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
      assertThat(daybook.rawJournal().highestSeq("a")).isEqualTo(500);
    }
  }

  @Test
  void a_file_that_is_damaged_is_replaced() throws IOException {
    Files.writeString(file, "no database at all".repeat(100));
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().restore(backup, OVERWRITE);

      assertThat(daybook.rawJournal().highestSeq("a")).isEqualTo(500);
    }
  }

  @Test
  void a_file_is_not_replaced_unless_asked_nor_while_somebody_has_it_open() throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      assertRefused(Reason.TARGET_EXISTS, () -> daybook.maintenance().restore(backup));
      try (Daybook other = Daybook.open(file)) {
        assertThat(other.rawJournal().highestSeq("a")).isEqualTo(503);
        assertRefused(Reason.TARGET_IN_USE, () -> daybook.maintenance().restore(backup, OVERWRITE));
      }
      assertThat(daybook.rawJournal().highestSeq("a")).isEqualTo(503);
      assertRefused(Reason.TARGET_IN_USE, () -> daybook.maintenance().restore(backup, OVERWRITE));
      assertThatThrownBy(() -> daybook.maintenance().restore(file, OVERWRITE))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(names()).containsExactlyInAnyOrder("journal.db", "backup.db");
  }

  @Test
  void a_damaged_backup_is_refused_and_the_file_stays() throws Exception {
    byte[] before = Files.readAllBytes(file);
    execute(backup, "delete from events where seq = 7");

    MaintenanceException refusal =
        catchThrowableOfType(MaintenanceException.class, () -> restore(OVERWRITE));

    assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
    assertThat(refusal.report().orElseThrow().counts())
        .containsOnlyKeys(Finding.Kind.EVENT_MISSING);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(names()).containsExactlyInAnyOrder("journal.db", "backup.db");
  }

  @Test
  void a_backup_that_is_cut_or_overwritten_or_no_database_is_refused() throws Exception {
    byte[] before = Files.readAllBytes(file);
    byte[] whole = Files.readAllBytes(backup);
    for (int cut : new int[] {0, 100, PAGE, whole.length / 2, whole.length - 1}) {
      Files.write(backup, Arrays.copyOf(whole, cut));
      assertThatThrownBy(() -> restore(OVERWRITE)).as("%d bytes", cut).isNotNull();
    }
    Files.writeString(backup, "text ".repeat(2_000));
    assertThatThrownBy(() -> restore(OVERWRITE)).isInstanceOf(OpenException.class);
    Files.delete(backup);
    assertRefused(Reason.NO_BACKUP, () -> restore(OVERWRITE));

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(names()).containsExactly("journal.db");
  }

  @Test
  void a_database_without_a_daybook_is_no_backup() throws Exception {
    Files.delete(backup);
    execute(backup, "create table other (n integer)");

    assertThatThrownBy(() -> restore(OVERWRITE))
        .isInstanceOfSatisfying(
            OpenException.class,
            failure -> assertThat(failure.reason()).isEqualTo(OpenException.Reason.TABLES));
  }

  @Test
  void a_damaged_page_is_found_and_the_check_goes_on() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(backup.toFile(), "rw")) {
      for (long page = bytes.length() / PAGE / 2; page < bytes.length() / PAGE; page++) {
        bytes.seek(page * PAGE);
        bytes.write(new byte[PAGE]);
      }
    }
    try (Daybook damaged = Daybook.builder(backup).build()) {
      VerifyReport report = damaged.maintenance().verify();

      // Which of them depends on what the pages were for.
      assertThat(report.counts().keySet())
          .containsAnyOf(Finding.Kind.PAGES, Finding.Kind.UNREADABLE);
      assertThat(report.isIntact()).isFalse();
    }
  }

  @Test
  void whichever_page_is_damaged_the_check_says_so_and_does_not_throw() throws IOException {
    byte[] whole = Files.readAllBytes(backup);
    int pages = whole.length / PAGE;
    for (int page = 1; page < pages; page++) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, page * PAGE, (page + 1) * PAGE, (byte) 0x5a);
      Path copy = Files.write(directory.resolve("damaged-%d.db".formatted(page)), damaged);
      try (Daybook daybook = Daybook.builder(copy).migrate(false).build()) {
        VerifyReport report = daybook.maintenance().verify();

        assertThat(report.isIntact()).as("page %d of %d", page, pages).isFalse();
      }
    }
  }

  @Test
  void an_older_schema_is_backed_up_as_it_is_and_restored_migrated() throws Exception {
    Files.delete(backup);
    OlderSchema.make(SqliteDataSources.file(backup), "sqlite", "3");
    execute(backup, "insert into streams (stream_id, last_seq, deleted_to) values ('a', 500, 500)");
    Path again = directory.resolve("again.db");
    try (Daybook old = Daybook.builder(backup).migrate(false).build()) {
      assertThatThrownBy(() -> old.maintenance().verify())
          .isInstanceOfSatisfying(
              OpenException.class,
              failure -> assertThat(failure.reason()).isEqualTo(OpenException.Reason.OLDER_SCHEMA));
      old.maintenance().backup(again);
    }
    try (Daybook old = Daybook.builder(again).migrate(false).build()) {
      assertThatThrownBy(old::schemaVersion).isInstanceOf(OpenException.class);
    }
    backup = again;
    restore(OVERWRITE);
    try (Daybook restored = Daybook.builder(file).migrate(false).build()) {
      assertThat(restored.schemaVersion()).isEqualTo("5");
      assertThat(restored.rawJournal().highestSeq("a")).isEqualTo(500);
    }
  }

  @Test
  void what_is_not_there_is_not_made() throws IOException {
    Path missing = directory.resolve("missing.db");
    try (Daybook daybook = Daybook.builder(missing).migrate(false).build()) {
      assertThatThrownBy(() -> daybook.maintenance().verify()).isInstanceOf(OpenException.class);
      assertThatThrownBy(() -> daybook.maintenance().backup(directory.resolve("copy.db")))
          .isInstanceOf(OpenException.class);
      assertThatThrownBy(daybook::schemaVersion).isInstanceOf(OpenException.class);
    }
    assertThat(names()).containsExactlyInAnyOrder("journal.db", "backup.db");
  }

  private void restore(CopyOptions options) {
    try (Daybook daybook = Daybook.open(file)) {
      daybook.maintenance().restore(backup, options);
    }
  }

  private static void append(Daybook daybook, String stream, int count) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    List<NewEvent<ParcelEvent>> events =
        IntStream.rangeClosed(1, count)
            .<NewEvent<ParcelEvent>>mapToObj(leg -> NewEvent.of(ParcelEvent.moved(leg)))
            .toList();
    assertThat(journal.append(Append.of(stream, ExpectedSeq.any(), events))).hasSize(count);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void assertRefused(Reason reason, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MaintenanceException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
