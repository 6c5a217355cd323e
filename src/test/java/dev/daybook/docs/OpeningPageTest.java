package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.docs.Account.Opened;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The Java of the page on opening a store, and its table of reasons. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpeningPageTest {

  @TempDir private Path directory;

  @Test
  void the_four_ways_lead_to_a_store() {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      String url = database.url();
      HikariDataSource pool = database.pool(10);
      Daybook memory = Daybook.inMemory();
      Daybook file = Daybook.open(directory.resolve("accounts.db").toString());
      Daybook server = Daybook.open(url);
      Daybook pooled = Daybook.open(pool);
      for (Daybook each : List.of(memory, file, server, pooled)) {
        try (each) {
          Journal<Account> accounts = each.journal(Account.class);
          long before = accounts.highestSeq("account-1");
          accounts.append("account-1", ExpectedSeq.exactly(before), new Opened("Ann"));
          assertThat(accounts.highestSeq("account-1")).isEqualTo(before + 1);
        }
      }
    }
  }

  @Test
  void the_options_are_taken() {
    List<String> statements = new ArrayList<>();
    Daybook daybook =
        Daybook.builder(directory.resolve("accounts.db"))
            .busyTimeout(Duration.ofSeconds(2))
            .cacheSize(64 << 20)
            .tables(TableNames.prefixed("ledger_"))
            .sqlListener(statements::add)
            .build();
    try (daybook) {
      daybook.journal(Account.class).append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    }
    assertThat(statements).anyMatch(it -> it.contains("ledger_events"));
  }

  @Test
  void a_missing_directory_is_refused_at_the_first_use() {
    Daybook daybook = Daybook.open(directory.resolve("missing/accounts.db"));
    try {
      daybook.schemaVersion();
    } catch (OpenException failure) {
      System.out.println(failure.reason());
    } finally {
      daybook.close();
    }
    try (Daybook again = Daybook.open(directory.resolve("missing/accounts.db"))) {
      OpenException refusal = catchThrowableOfType(OpenException.class, again::schemaVersion);
      assertThat(refusal.reason()).isEqualTo(OpenException.Reason.UNREACHABLE);
    }
  }

  @Test
  void the_table_has_every_reason() throws IOException {
    String page = Block.page(Block.MANUAL.resolve("opening.md"));
    for (OpenException.Reason reason : OpenException.Reason.values()) {
      assertThat(page).contains("| `" + reason + "` | ");
    }
  }

  @Test
  void an_application_s_flyway_goes_on_beside_daybook() throws IOException {
    Path migrations = Files.createDirectory(directory.resolve("migrations"));
    Files.writeString(migrations.resolve("V1__orders.sql"), "create table orders (id text);");
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      assertThat(daybook.schemaVersion()).isNotEmpty();
    }
    SQLiteDataSource sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite:" + directory.resolve("accounts.db"));
    DataSource dataSource = sqlite;
    String location = "filesystem:" + migrations;
    Flyway.configure()
        .dataSource(dataSource)
        .locations(location)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    assertThat(
            Flyway.configure().dataSource(dataSource).locations(location).load().info().applied())
        .extracting(it -> String.valueOf(it.getVersion()))
        .contains("1");
  }
}
