package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.fixture.DirectoryState;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which commands make tables, and that all others leave a database as it is that is missing, empty,
 * somebody else's or older.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LookingTest {

  /** They only read. */
  private static final List<String> LOOKING =
      List.of(
          "stats",
          "events",
          "types",
          "tags",
          "streams",
          "streams --counts",
          "docs",
          "snapshots",
          "checkpoints",
          "subscriptions",
          "read s",
          "stream status s",
          "doc read d",
          "doc meta d",
          "dead-letters list",
          "doctor",
          "verify");

  /** They change what is there. */
  private static final List<String> CHANGING =
      List.of(
          "stream archive s",
          "stream restore s",
          "stream tombstone s --reason why",
          "stream delete s",
          "delete s --to 1",
          "doc delete d",
          "checkpoint set c 1",
          "checkpoint delete c",
          "dead-letters retry c --all",
          "dead-letters drop c --all",
          "snapshot invalidate --all");

  @TempDir private Path directory;
  private Path home;
  private Path db;

  @BeforeEach
  void name_the_file() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    db = home.resolve("shop.db");
  }

  @Test
  void a_missing_file_is_not_made() {
    for (String command : all()) {
      Run run = refused(command, db.toString());

      assertThat(run.err()).as(command).contains("does not exist; `daybook migrate --db ");
    }
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void an_empty_file_stays_empty() throws IOException {
    Files.createFile(db);

    assertLeftAlone("it has no tables, and none of a Daybook", "makes tables where there are none");
  }

  @Test
  void a_strangers_database_stays_as_it_is() throws Exception {
    execute("create table own (id)");

    assertLeftAlone("it has tables (\"own\"), and none of a Daybook", "makes tables where there");
  }

  @Test
  void an_older_schema_stays_as_it_is() throws Exception {
    try (Daybook daybook = Daybook.open(db)) {
      assertThat(daybook.rawJournal().latestPosition()).isZero();
    }
    execute(
        "delete from daybook_schema_history where installed_rank = (select max(installed_rank) from daybook_schema_history)");

    assertLeftAlone("which is older than this Daybook's", "brings it up to date");
  }

  @Test
  void a_database_on_a_server_stays_without_tables() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      PostgresAddress address = PostgresAddress.of(database.url());
      Map<String, String> environment =
          Map.of(
              "DAYBOOK_DB",
              address.url(),
              "DAYBOOK_USER",
              address.user(),
              "DAYBOOK_PASSWORD",
              address.password());
      for (String command : all()) {
        Run run = Run.withEnvironment(environment, command.split(" "));

        assertThat(run.status()).as(command).isEqualTo(1);
        assertThat(run.err()).as(command).contains("it has no tables, and none of a Daybook");
      }
      assertThat(
              DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                  .fetchCount(
                      DSL.selectFrom("information_schema.tables").where("table_schema = 'public'")))
          .isZero();
    }
  }

  @Test
  void a_store_that_is_looked_at_stays_as_it_is() throws IOException {
    Run.of("append", "s", "--db", db.toString(), "--type", "T", "{}");
    Run.withInput(
        "{\"record\":\"meta\",\"replicaType\":{\"name\":\"t\",\"major\":1,\"minor\":0},"
            + "\"syncMode\":{\"writerModel\":\"a\",\"delivery\":\"b\",\"durability\":\"c\"},\"schemaHash\":\"h\"}",
        "doc",
        "append",
        "d",
        "--db",
        db.toString());
    DirectoryState before = DirectoryState.of(home);
    List<String> commands = new ArrayList<>(LOOKING);
    commands.add("backup " + directory.resolve("backup.db"));
    commands.add("copy --to " + directory.resolve("copy.db"));
    for (String command : commands) {
      Run run = run(command, db.toString());

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(DirectoryState.of(home)).as(command).isEqualTo(before);
    }
  }

  @Test
  void moving_streams_makes_tables_in_their_target_alone() throws IOException {
    Run.of("append", "s", "--db", db.toString(), "--type", "T", "{}");
    Path archive = directory.resolve("archive.db");
    assertThat(refused("stream restore s --from " + archive, db.toString()).err())
        .contains("does not exist");
    assertThat(refused("archive s --to " + archive, home.resolve("no.db").toString()).err())
        .contains("does not exist");
    assertThat(archive).doesNotExist();

    assertThat(run("archive s --to " + archive, db.toString()).status()).isZero();

    assertThat(archive).exists();
  }

  private void assertLeftAlone(String found, String remedy) throws IOException {
    DirectoryState before = DirectoryState.of(home);
    for (String command : all()) {
      Run run = refused(command, db.toString());

      assertThat(run.err()).as(command).contains(found);
      if (!command.equals("verify") && !command.equals("doctor")) {
        assertThat(run.err()).as(command).contains(remedy);
      }
      assertThat(DirectoryState.of(home)).as(command).isEqualTo(before);
    }
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(LOOKING);
    all.addAll(CHANGING);
    return all;
  }

  private static Run refused(String command, String where) {
    Run run = run(command, where);
    assertThat(run.status()).as(command).isEqualTo(1);
    assertThat(run.out()).as(command).isEmpty();
    return run;
  }

  private static Run run(String command, String where) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.add(command.startsWith("copy") ? "--from" : "--db");
    args.add(where);
    return Run.of(args.toArray(String[]::new));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
