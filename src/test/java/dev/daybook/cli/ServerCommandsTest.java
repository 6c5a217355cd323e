package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.StoredStore;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.schema.OlderSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a real server's database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerCommandsTest {

  @TempDir private Path directory;
  private PostgresDatabase database;
  private PostgresAddress address;

  @BeforeEach
  void make_a_database() {
    database = PostgresServer.shared().newDatabase();
    address = PostgresAddress.of(database.url());
  }

  @AfterEach
  void drop_it() {
    database.close();
  }

  @Test
  void commands_work_on_a_database_as_on_a_file() {
    assertThat(run(0, "migrate").out())
        .isEqualTo(address.url().replaceFirst("\\?.*", "") + " has schema version 5\n");
    run(0, "append", "s", "--type", "T", "--tag", "a", "--expect", "none", "{\"n\":1}");
    run(0, "append", "s", "--type", "T", "--key", "k", "{\"n\":2}");

    assertThat(run(0, "read", "s", "--json").lines()).hasSize(2);
    assertThat(run(0, "events", "--tag", "a", "--json").lines()).hasSize(1);
    assertThat(run(0, "streams").out()).isEqualTo("s\n");
    assertThat(run(0, "stats").out()).contains("events\t2\n").doesNotContain("fileBytes");
    assertThat(run(0, "verify").out()).isEqualTo("0 findings in 2 events and 0 documents\n");
    assertThat(run(1, "append", "s", "--type", "T", "--expect", "none", "{}").err())
        .isEqualTo("daybook: stream \"s\": expected no stream, found sequence number 2\n");
  }

  @Test
  void lines_that_a_database_refuses_are_put_aside_and_leave_nothing() throws IOException {
    run(0, "migrate");
    run(0, "append", "gone", "--type", "T", "{}");
    run(0, "stream", "tombstone", "gone", "--reason", "for good reason");
    String first = "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"n\":1}}";
    String tombstoned = "{\"stream\":\"gone\",\"type\":\"T\",\"data\":{}}";
    String encrypted =
        "{\"stream\":\"new\",\"seq\":3,\"type\":\"T\",\"keyId\":\"k\",\"codec\":\"json\",\"data\":\"AAAA\"}";
    String last = "{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"n\":2}}";
    Path file =
        Files.write(
            directory.resolve("events.ndjson"), List.of(first, tombstoned, encrypted, last));
    Path aside = directory.resolve("bad.ndjson");

    assertThat(run(3, "import", file + "", "--exported", "--skip-bad", aside + "").out())
        .startsWith("imported 2 events, 0 were there already, 2 bad lines");
    assertThat(Files.readAllLines(aside)).containsExactly(tombstoned, encrypted);
    assertThat(run(0, "read", "s", "--json").lines()).hasSize(2);
    assertThat(run(1, "stream", "status", "new").err()).contains("there is no stream \"new\"");
    assertThat(run(0, "verify").out()).startsWith("0 findings");
  }

  @Test
  void a_file_is_copied_to_a_database_and_back() {
    Path from = directory.resolve("shop.db");
    try (Daybook daybook = Daybook.open(from)) {
      FilledStore.fill(daybook);
    }
    String back = directory.resolve("back.db").toString();
    Map<String, String> environment =
        Map.of("DAYBOOK_USER", address.user(), "DAYBOOK_PASSWORD", address.password());

    Run there =
        Run.withEnvironment(
            environment,
            "copy",
            "--from",
            from + "",
            "--to",
            address.url(),
            "--to-schema",
            "history");
    Run home =
        Run.withEnvironment(
            environment, "copy", "--from", address.url(), "--from-schema", "history", "--to", back);

    assertThat(there.status()).as(there.err()).isZero();
    assertThat(home.status()).as(home.err()).isZero();
    assertThat(home.out()).isEqualTo(there.out());
    try (Daybook source = Daybook.open(from);
        Daybook target = Daybook.open(Path.of(back))) {
      assertThat(StoredStore.of(target)).isEqualTo(StoredStore.of(source));
    }
    assertThat(Run.of("copy", "--from", from + "", "--to", back, "--to-schema", "x").status())
        .isEqualTo(2);
  }

  @Test
  void the_environment_names_the_database_and_the_user() {
    Map<String, String> environment =
        Map.of(
            "DAYBOOK_DB", address.url(),
            "DAYBOOK_USER", address.user(),
            "DAYBOOK_PASSWORD", address.password());

    assertThat(Run.withEnvironment(environment, "migrate").status()).isZero();
    assertThat(Run.withEnvironment(environment, "streams")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void commands_that_look_make_no_tables_and_say_what_does() throws SQLException {
    for (String[] command :
        new String[][] {{"stats"}, {"read", "s"}, {"stream", "status", "s"}, {"checkpoints"}}) {
      Run run = run(1, command);

      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .startsWith("daybook: postgresql://")
          .endsWith(
              "may not be migrated; `daybook migrate --db '%s'` makes tables where there are none\n"
                  .formatted(address.url()))
          .hasLineCount(1);
    }
    assertThat(tables("public")).isEmpty();
  }

  @Test
  void an_older_schema_is_brought_up_to_date_by_migrate_alone() {
    OlderSchema.make(database.dataSource(), "postgresql", "3");

    assertThat(run(1, "stats").err())
        .contains("has version 3")
        .endsWith("`daybook migrate --db '%s'` brings it up to date\n".formatted(address.url()));
  }

  @Test
  void tables_are_in_the_schema_that_is_named() throws SQLException {
    assertThat(run(1, "stats", "--schema", "history").err())
        .contains("`daybook migrate --db '%s' --schema history`".formatted(address.url()));

    run(0, "migrate", "--schema", "history");

    assertThat(run(0, "stats", "--schema", "history").out()).contains("events\t0\n");
    assertThat(tables("history")).contains("events", "streams");
    assertThat(tables("public")).isEmpty();
    String db = directory.resolve("shop.db").toString();
    Run file = Run.of("migrate", "--db", db, "--schema", "history");
    assertThat(file.status()).isEqualTo(2);
    assertThat(file.err())
        .startsWith("daybook: --schema is for the database of a jdbc:postgresql: URL");
  }

  @Test
  void stores_in_other_schemas_and_by_other_names_are_named() throws SQLException {
    run(0, "migrate", "--schema", "history", "--tables", "app_");

    for (String command : new String[] {"stats", "verify", "migrate"}) {
      assertThat(run(1, command).err()).contains("app_events (use --schema history --tables app_)");
    }
    assertThat(run(1, "stats", "--schema", "history").err())
        .contains("app_events (use --tables app_)");
    assertThat(run(0, "verify", "--schema", "history", "--tables", "app_").out())
        .isEqualTo("0 findings in 0 events and 0 documents\n");
    assertThat(tables("public")).isEmpty();
  }

  @Test
  void an_older_schema_is_brought_up_to_date_by_what_may_make_tables_which_says_so() {
    OlderSchema.make(database.dataSource(), "postgresql", "3");

    assertThat(run(0, "append", "s", "--type", "T", "{}").err())
        .isEqualTo(
            "daybook: %s: its schema was older, and now has version 5\n"
                .formatted(address.url().replaceFirst("\\?.*", "")));
    assertThat(run(0, "append", "s", "--type", "T", "{}").err()).isEmpty();
  }

  @Test
  void the_sql_of_a_migration_is_printed_and_not_run() throws SQLException {
    Run printed = run(0, "migrate", "--print", "--schema", "history");

    assertThat(printed.out()).contains("create schema if not exists", "commit;");
    assertThat(tables("history")).isEmpty();
    try (Connection connection = database.dataSource().getConnection()) {
      connection.createStatement().execute(printed.out());
    }
    assertThat(run(0, "stats", "--schema", "history").out()).contains("events\t0\n");
    assertThat(run(0, "migrate", "--print", "--schema", "history").out()).isEmpty();
  }

  @Test
  void a_store_is_not_copied_to_itself_by_another_url() {
    run(0, "append", "s", "--type", "T", "{}");
    String other =
        address.url() + (address.url().contains("?") ? "&" : "?") + "ApplicationName=other";

    Run run =
        withCredentials(
            "copy",
            "--from",
            address.url(),
            "--to",
            other,
            "--to-schema",
            "public",
            "--user",
            address.user());

    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("daybook: a store can't be copied to itself; expected another target\n");
  }

  @Test
  void a_stream_is_moved_to_a_server_and_back() {
    String db = directory.resolve("shop.db").toString();
    Run.of("append", "s", "--db", db, "--type", "T", "{\"n\":1}");

    assertThat(
            withCredentials(
                    "archive", "s", "--db", db, "--to", address.url(), "--user", address.user())
                .status())
        .isZero();
    assertThat(run(0, "read", "s", "--json").lines()).hasSize(1);
    assertThat(
            withCredentials(
                    "stream",
                    "restore",
                    "s",
                    "--db",
                    db,
                    "--from",
                    address.url(),
                    "--user",
                    address.user())
                .status())
        .isZero();
    try (Daybook daybook = Daybook.open(Path.of(db))) {
      assertThat(daybook.rawJournal().highestSeq("s")).isEqualTo(1);
    }
  }

  private Run run(int status, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--db", address.url(), "--user", address.user()));
    Run run = withCredentials(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    return run;
  }

  private Run withCredentials(String... args) {
    return Run.withEnvironment(Map.of("DAYBOOK_PASSWORD", address.password()), args);
  }

  private List<String> tables(String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        ResultSet found =
            connection.getMetaData().getTables(null, schema, null, new String[] {"TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
