package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.PasswordServer;
import dev.daybook.fixture.PasswordServer.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases on a server by the command line, and their users' passwords, which nobody sees. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerOptionsTest {

  private static final String SECRET = "hunter2 ö";

  @TempDir private Path directory;
  private PasswordServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = new PasswordServer();
    url = "jdbc:postgresql://" + server.place() + "/app";
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void user_and_password_come_from_the_environment() throws Exception {
    Guest guest =
        visit(Map.of("DAYBOOK_USER", "ann", "DAYBOOK_PASSWORD", SECRET), "stats", "--db", url);

    assertThat(guest.startup()).contains("user ann ").contains("database app ");
    assertThat(guest.password()).isEqualTo(SECRET);
  }

  @Test
  void user_and_password_come_from_options_before_the_environment() throws Exception {
    Guest guest =
        visit(
            Map.of("DAYBOOK_USER", "ann", "DAYBOOK_PASSWORD", "another"),
            "stats",
            "--db",
            url,
            "--user",
            "bob",
            "--password-file",
            passwordFile(SECRET + "\r\nnot this\n").toString());

    assertThat(guest.startup()).contains("user bob ");
    assertThat(guest.password()).isEqualTo(SECRET);
  }

  @Test
  void a_user_in_the_url_comes_before_the_environment() throws Exception {
    Guest guest =
        visit(
            Map.of("DAYBOOK_USER", "ann", "DAYBOOK_PASSWORD", SECRET),
            "stats",
            "--db",
            url + "?user=bob");

    assertThat(guest.startup()).contains("user bob ");
    assertThat(Run.of("stats", "--db", url + "?user=bob", "--user", "ann").err())
        .contains("given twice");
  }

  @Test
  void a_second_store_on_the_server_has_the_same_user() throws Exception {
    Path db = directory.resolve("shop.db");
    assertThat(Run.of("append", "s", "--db", db.toString(), "--type", "T", "{}").status()).isZero();

    for (String[] command :
        new String[][] {{"archive", "s", "--to", url}, {"stream", "restore", "s", "--from", url}}) {
      List<String> args = new ArrayList<>(List.of(command));
      args.addAll(List.of("--db", db.toString(), "--user", "ann"));

      Guest guest = visit(Map.of("DAYBOOK_PASSWORD", SECRET), args.toArray(String[]::new));

      assertThat(guest.startup()).contains("user ann ");
      assertThat(guest.password()).isEqualTo(SECRET);
    }
  }

  @Test
  void a_process_shows_neither_its_password_nor_where_it_failed_with_it() throws Exception {
    Process process =
        Run.start(
            directory,
            "64m",
            Map.of("DAYBOOK_PASSWORD", SECRET),
            "stats",
            "--db",
            url,
            "--user",
            "ann",
            "--verbose");
    try {
      assertThat(server.await().password()).isEqualTo(SECRET);
      String shown = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      assertThat(shown).contains(url).contains("ann").doesNotContain("hunter2");
      server.turnAway();

      Run run = Run.finish(directory, process);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("FATAL: password authentication failed")
          .contains("\tat dev.daybook.")
          .doesNotContain("hunter2");
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/app?password=hunter2",
        "jdbc:postgresql://localhost/app?user=ann&PassWord=hunter2",
        "jdbc:postgresql://localhost/app?sslpassword=hunter2",
        "jdbc:postgresql://ann:hunter2@localhost/app",
        "postgresql://ann:hunter2@localhost/app",
        "mysql://ann:hunter2@localhost/app",
        "jdbc:sqlite:journal.db?password=hunter2",
        "host=localhost password=hunter2",
      })
  void a_password_in_the_database_is_refused_with_the_reason(String database) {
    assertHidden(Run.of("stats", "--db", database));
    assertHidden(Run.of("archive", "s", "--db", "shop.db", "--to", database));
    assertHidden(Run.withEnvironment(Map.of("DAYBOOK_DB", database), "stats"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/app?password=hunter2",
        "postgres://ann:hunter2@localhost/app",
        "--nonsense=jdbc:postgresql://ann:hunter2@localhost/app",
        "--password=hunter2",
        "--password hunter2",
      })
  void a_password_anywhere_else_is_refused_before_it_is_repeated(String argument) {
    assertHidden(Run.of(("stats --db shop.db " + argument).split(" ")));
    assertHidden(Run.of(argument.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://localhost/app, is neither a file nor the URL of a database that Daybook knows",
    "postgresql://localhost/app, is neither a file nor the URL of a database that Daybook knows",
    "jdbc:postgresql://localhost:port/app, host or port is malformed",
  })
  void a_url_that_is_none_is_wrong_usage(String database, String problem) {
    Run run = Run.of("stats", "--db", database);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(problem)
        .contains("expected jdbc:postgresql://HOST:PORT/DATABASE");
  }

  @Test
  void a_server_that_is_not_there_is_named_in_one_line() {
    Run run = Run.of("stats", "--db", "jdbc:postgresql://nowhere.invalid/app");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "daybook: postgresql://nowhere.invalid:5432/app: no connection can be opened: the host nowhere.invalid is not known\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
  void a_password_file_that_others_have_access_to_is_refused(String permissions) throws Exception {
    Path file = passwordFile(SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    Run run = Run.of("stats", "--db", url, "--password-file", file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "daybook: the password file %s is open to others; `chmod 600 %s` closes it\n"
                .formatted(file, file));
  }

  @Test
  void a_password_file_without_a_password_is_refused() throws Exception {
    Path missing = directory.resolve("missing");
    assertThat(Run.of("stats", "--db", url, "--password-file", missing.toString()).err())
        .isEqualTo("daybook: the password file " + missing + " does not exist\n");
    assertThat(Run.of("stats", "--db", url, "--password-file", directory.toString()).err())
        .isEqualTo("daybook: the password file " + directory + " is a directory\n");
    for (String content : new String[] {"", "\n" + SECRET}) {
      Path empty = passwordFile(content);
      assertThat(Run.of("stats", "--db", url, "--password-file", empty.toString()).err())
          .contains("is empty; expected the password in its first line")
          .hasLineCount(1);
    }
    Path binary = passwordFile("");
    Files.write(binary, new byte[] {(byte) 0xff, 'x'});
    assertThat(Run.of("stats", "--db", url, "--password-file", binary.toString()).err())
        .contains("is not UTF-8 text")
        .hasLineCount(1);
  }

  @Test
  void a_file_has_no_users_and_ignores_those_of_the_environment() {
    String db = directory.resolve("shop.db").toString();

    assertThat(
            Run.withEnvironment(
                    Map.of("DAYBOOK_USER", "ann", "DAYBOOK_PASSWORD", SECRET),
                    "migrate",
                    "--db",
                    db)
                .status())
        .isZero();
    assertThat(Run.of("stats", "--db", db, "--user", "ann"))
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(2);
              assertThat(run.err()).contains("a file has no users");
            });
  }

  @Test
  void one_password_is_not_said_to_two_servers() {
    Run run =
        Run.withEnvironment(
            Map.of("DAYBOOK_PASSWORD", SECRET),
            "archive",
            "s",
            "--db",
            url,
            "--to",
            "jdbc:postgresql://elsewhere.invalid/app");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("one password is not for two servers, %s and ".formatted(url))
        .contains(".pgpass")
        .doesNotContain("hunter2");
  }

  @Test
  void the_environment_says_which_database_unless_the_command_does() {
    String db = directory.resolve("shop.db").toString();
    String other = directory.resolve("other.db").toString();
    Map<String, String> environment = Map.of("DAYBOOK_DB", db);

    assertThat(Run.withEnvironment(environment, "migrate").out()).startsWith(db + " has schema");
    assertThat(Run.withEnvironment(environment, "migrate", "--db", other).out())
        .startsWith(other + " has schema");
    assertThat(Run.withEnvironment(Map.of("DAYBOOK_DB", ""), "migrate").err())
        .contains("--db FILE|URL is missing");
    assertThat(Run.withEnvironment(environment, "demo").status()).isZero();
  }

  @Test
  void a_file_may_be_given_by_its_url() {
    Path db = directory.resolve("shop@home.db");

    assertThat(Run.of("migrate", "--db", "jdbc:sqlite:" + db).out()).startsWith(db + " has schema");
    assertThat(Run.of("stats", "--db", "jdbc:sqlite:" + db).out()).contains("fileBytes");
  }

  @Test
  void what_is_for_files_alone_says_so() {
    assertWrongUsage("pg_dump", "backup", "backup.db", "--db", url);
    assertWrongUsage("pg_restore", "restore", "backup.db", "--db", url);
    Run demo = Run.of("demo", "--db", url);
    assertThat(demo.status()).isEqualTo(1);
    assertThat(demo.err())
        .isEqualTo("daybook: " + url + " is not a file; the demonstration makes a new one\n");
  }

  private static void assertWrongUsage(String problem, String... args) {
    Run run = Run.of(args);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("and no file: ").contains(problem);
  }

  private static void assertHidden(Run run) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("the list of processes shows it to other users")
        .contains("--password-file FILE, DAYBOOK_PASSWORD")
        .doesNotContain("hunter2");
  }

  /** Runs a command that the server turns away, and gives back what it has said there. */
  private Guest visit(Map<String, String> environment, String... args) throws InterruptedException {
    server.turnAway();
    Run run = Run.withEnvironment(environment, args);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("daybook: postgresql://" + server.place() + "/app: the server does not let")
        .hasLineCount(1)
        .doesNotContain("hunter2");
    return server.await();
  }

  private Path passwordFile(String content) throws IOException {
    Path file =
        Files.createTempFile(
            directory,
            "password",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }
}
