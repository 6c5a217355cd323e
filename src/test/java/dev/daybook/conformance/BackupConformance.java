package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.MaintenanceException;
import dev.daybook.maintenance.MaintenanceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of databases that can be a file, and the refusal of those that can't. */
public abstract class BackupConformance extends JournalConformance {

  private Path copy = Path.of("copy.db");

  protected BackupConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void fill() {
    copy = directory.resolve("copy.db");
    appendMoves("plain", 4);
    appendTagged("tagged", "red", "blue");
    daybook.snapshots(String.class).save("plain", 3, "three");
    daybook.checkpoints().save("mailer", journal.latestPosition());
  }

  @Test
  void a_backup_is_one_file_that_holds_everything() throws IOException {
    if (database.isBackedUpAsFile()) {
      daybook.maintenance().backup(copy);

      assertThat(copies()).containsExactly(copy);
      try (Daybook restored = Daybook.open(copy)) {
        assertThat(restored.maintenance().verify().findings()).isEmpty();
        assertThat(restored.rawJournal().read(EventQuery.all()))
            .isEqualTo(journal.raw().read(EventQuery.all()));
        assertThat(restored.snapshots(String.class).loadLatest("plain").orElseThrow().state())
            .isEqualTo("three");
        assertThat(restored.checkpoints().list()).isEqualTo(daybook.checkpoints().list());
      }
    } else {
      assertServersBackup(CopyOptions.defaults());
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void a_target_that_is_there_is_overwritten_only_if_asked() throws IOException {
    if (database.isBackedUpAsFile()) {
      Files.writeString(copy, "precious");

      assertRefused(Reason.TARGET_EXISTS, () -> daybook.maintenance().backup(copy));
      assertThat(copy).hasContent("precious");

      daybook.maintenance().backup(copy, CopyOptions.defaults().withOverwrite(true));
      daybook.maintenance().backup(copy, CopyOptions.defaults().withOverwrite(true));
      assertThat(copies()).containsExactly(copy);
      try (Daybook restored = Daybook.open(copy)) {
        assertThat(restored.maintenance().verify().isHealthy()).isTrue();
      }
    } else {
      Files.writeString(copy, "precious");
      assertServersBackup(CopyOptions.defaults().withOverwrite(true));
      assertThat(copy).hasContent("precious");
    }
  }

  @Test
  void a_target_that_somebody_has_open_is_not_overwritten() throws IOException {
    if (database.isBackedUpAsFile()) {
      daybook.maintenance().backup(copy);
      try (Daybook user = Daybook.open(copy)) {
        long before = user.rawJournal().latestPosition();
        assertRefused(
            Reason.TARGET_IN_USE,
            () -> daybook.maintenance().backup(copy, CopyOptions.defaults().withOverwrite(true)));
        assertThat(user.rawJournal().latestPosition()).isEqualTo(before);
      }
    } else {
      try (Daybook user = Daybook.open(copy)) {
        user.journal(ParcelEvent.class).append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1));
        assertRefused(
            Reason.TARGET_IN_USE,
            () -> daybook.maintenance().backup(copy, CopyOptions.defaults().withOverwrite(true)));
        assertThat(user.rawJournal().latestPosition()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_backup_that_fails_leaves_nothing() throws IOException {
    if (database.isBackedUpAsFile()) {
      CopyOptions failing =
          CopyOptions.defaults()
              .withProgress(
                  (step, done, total) -> {
                    throw new IllegalStateException("enough");
                  });

      assertThatThrownBy(() -> daybook.maintenance().backup(copy, failing))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
      assertThat(copies()).isEmpty();
      assertRefused(
          Reason.FILE, () -> daybook.maintenance().backup(directory.resolve("no/such/copy.db")));

      daybook.maintenance().backup(copy);
      appendMoves("plain", 1);
    } else {
      assertServersBackup(CopyOptions.defaults());
      assertThat(copies()).isEmpty();
    }
  }

  @Test
  void only_a_daybook_of_a_file_is_restored() throws IOException {
    if (database.isBackedUpAsFile()) {
      daybook.maintenance().backup(copy);
    } else {
      try (Daybook another = Daybook.open(copy)) {
        another.rawJournal().latestPosition();
      }
    }
    boolean ofFile = database instanceof SqliteFileFixture;

    assertThatThrownBy(() -> daybook.maintenance().restore(copy))
        .isInstanceOf(ofFile ? MaintenanceException.class : InvalidInputException.class);
    assertThat(journal.highestSeq("plain")).isEqualTo(4);
  }

  private void assertServersBackup(CopyOptions options) {
    assertThatThrownBy(() -> daybook.maintenance().backup(copy, options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pg_dump");
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("copy")).toList();
    }
  }

  private static void assertRefused(Reason reason, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MaintenanceException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
