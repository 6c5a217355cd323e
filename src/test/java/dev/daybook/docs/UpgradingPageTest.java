package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Opened;
import dev.daybook.error.OpenException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on upgrading. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpgradingPageTest {

  private static final Path PAGE = Path.of("src/docs/upgrading.md");

  @TempDir private Path directory;

  @BeforeEach
  void fill() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      daybook.journal(Account.class).append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    }
  }

  @Test
  void the_schema_has_a_version() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      System.out.println(daybook.schemaVersion());
    }
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      assertThat(daybook.schemaVersion()).isEqualTo("5");
    }
  }

  @Test
  void a_store_that_may_not_be_migrated_is_refused() {
    Path empty = directory.resolve("empty.db");
    try (Daybook daybook = Daybook.open(empty)) {
      daybook.schemaVersion();
    }
    try (Daybook daybook =
        Daybook.builder(directory.resolve("missing.db")).migrate(false).build()) {
      daybook.schemaVersion();
    } catch (OpenException refused) {
      System.out.println(refused.reason());
    }
    try (Daybook daybook =
        Daybook.builder(directory.resolve("missing.db")).migrate(false).build()) {
      OpenException refusal = catchThrowableOfType(OpenException.class, daybook::schemaVersion);
      assertThat(refusal.reason()).isEqualTo(OpenException.Reason.UNREACHABLE);
    }
  }

  @Test
  void tables_are_renamed_by_a_copy() {
    TableNames names = TableNames.prefixed("ledger_");
    try (Daybook old = Daybook.open(directory.resolve("accounts.db"));
        Daybook renamed = Daybook.builder(directory.resolve("renamed.db")).tables(names).build()) {
      TransferReport report = old.copyTo(renamed);
      System.out.println(report.isComplete());
      assertThat(report.isComplete()).isTrue();
      assertThat(renamed.journal(Account.class).highestSeq("account-1")).isEqualTo(1);
    }
  }

  @Test
  void the_page_names_each_migration() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("db-migrations/sqlite"))) {
      assertThat(scripts.map(it -> "`" + it.getFileName() + "`"))
          .allSatisfy(name -> assertThat(Block.page(PAGE)).contains(name));
    }
  }
}
