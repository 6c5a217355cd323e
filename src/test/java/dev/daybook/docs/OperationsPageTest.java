package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on operations, and its table of findings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsPageTest {

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.open(directory.resolve("accounts.db"));
    accounts = daybook.journal(Account.class);
    accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void a_backup_is_made_verified_and_restored() {
    Maintenance maintenance = daybook.maintenance();
    maintenance.backup(directory.resolve("backup.db"), CopyOptions.defaults().withOverwrite(true));
    VerifyReport report = maintenance.verify(VerifyOptions.defaults().decoding(accounts));
    System.out.println(report.isHealthy() + ", " + report.events() + " events");
    assertThat(report.isHealthy()).isTrue();
    assertThat(report.events()).isEqualTo(1);
    try (Daybook restored = Daybook.open(directory.resolve("restored.db"))) {
      restored.maintenance().restore(directory.resolve("backup.db"));
      System.out.println(restored.journal(Account.class).latestPosition());
    }
    try (Daybook restored = Daybook.open(directory.resolve("restored.db"))) {
      assertThat(restored.journal(Account.class).latestPosition()).isEqualTo(1);
    }
  }

  @Test
  void the_table_has_every_finding_and_its_severity() throws IOException {
    String page = Block.page(Block.MANUAL.resolve("operations.md"));
    for (Finding.Kind kind : Finding.Kind.values()) {
      assertThat(page)
          .contains(
              "| `%s` | %s | ".formatted(kind, kind.severity().name().toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void the_doctor_finds_nobody() {
    DoctorReport report = daybook.maintenance().doctor();
    System.out.println(report.holders().size() + " transactions hold readers back");
    assertThat(report.holders()).isEmpty();
  }

  @Test
  void a_store_is_opened_to_be_read() {
    try (Daybook reader = Daybook.builder(directory.resolve("accounts.db")).readOnly().build()) {
      System.out.println(reader.journal(Account.class).latestPosition());
    }
    try (Daybook reader = Daybook.builder(directory.resolve("accounts.db")).readOnly().build()) {
      assertThat(reader.journal(Account.class).latestPosition()).isEqualTo(1);
    }
  }

  @Test
  void a_copy_is_complete() {
    try (Daybook target = Daybook.open(directory.resolve("moved.db"))) {
      TransferReport report = daybook.copyTo(target);
      if (report.isBehind()) {
        System.out.println(report.eventsBehind() + " events to go: stop its writers");
      }
      assertThat(report.isComplete()).isTrue();
    }
  }
}
