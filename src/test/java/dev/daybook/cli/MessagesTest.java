package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say when something is refused, missing, or there already. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessagesTest {

  @TempDir private Path directory;
  private Path db;

  @BeforeEach
  void make_a_store() {
    db = directory.resolve("journal.db");
    assertThat(append("a", "{\"n\":1}", "--key", "k").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "/*c*/1", "+1", "[1,]", "{a:1}", "nul", "\"\\x\"", "1e"})
  void json_that_is_not_valid_is_refused_without_the_names_of_a_parser(String json) {
    Run run = append("a", json);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("daybook: the data is not valid: column ")
        .doesNotContainPattern("Feature|ALLOW_|`|\\bcode \\d+\\)|token");
  }

  @Test
  void a_key_that_is_there_with_other_data_is_said_and_has_its_status() {
    Run same = append("a", "{\"n\":1}", "--key", "k");
    assertThat(same.status()).isZero();
    assertThat(same.err()).isEmpty();

    Run other = append("a", "{\"n\":2}", "--key", "k");
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.out()).contains("{\"n\":1}");
    assertThat(other.err())
        .isEqualTo(
            "daybook: stream \"a\" has another event under the key \"k\", and nothing was appended\n");
  }

  @Test
  void numbers_in_json_are_numbers() {
    assertThat(run("stats", "--json").out()).contains("\"schemaVersion\":5");
    assertThat(run("migrate", "--json").out()).isEqualTo("{\"schemaVersion\":5}\n");
  }

  @Test
  void input_of_another_encoding_is_refused_by_its_name_and_place() throws IOException {
    Path file = directory.resolve("input");
    Files.write(file, "{\"n\":1}".getBytes(StandardCharsets.UTF_16));
    assertThat(append("a", "-", "--data-file", file.toString()).err())
        .isEqualTo(
            "daybook: %s: line 1, column 1: it starts with a byte-order mark of UTF-16 (big endian); expected UTF-8 without one\n"
                .formatted(file));
    Files.write(file, "T\n\u00e9\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(append("a", "-", "--data-file", file.toString()).err())
        .isEqualTo(
            "daybook: %s: line 2, column 1: it is not UTF-8: it has the bytes E9\n"
                .formatted(file));
    assertThat(run("doctor", "--types", file.toString()).err())
        .startsWith("daybook: %s: line 2, column 1: it is not UTF-8".formatted(file));
    assertThat(run("doc", "append", "d", "--data-file", file.toString()).err())
        .startsWith("daybook: %s: line 2, column 1: it is not UTF-8".formatted(file));
    assertThat(Run.withInput("\0[\0]", "append", "a", "--type", "T", "--db", db.toString()).err())
        .startsWith("daybook: the standard input: line 1, column 1: it has a byte 00");
  }

  @Test
  void a_dry_run_refuses_what_the_run_refuses() {
    assertThat(append("gone", "1").status()).isZero();
    assertThat(run("stream", "delete", "gone", "--force").status()).isZero();
    assertRefusedAlike("was deleted at", "stream", "delete", "gone");
    assertRefusedAlike("was deleted at", "delete", "gone", "--to", "1");
    assertThat(append("hidden", "1").status()).isZero();
    assertThat(run("stream", "tombstone", "hidden").status()).isZero();
    assertRefusedAlike("was tombstoned at", "delete", "hidden", "--to", "1");
    assertRefusedAlike("there is no subscription \"nope\"", "subscriptions", "rebuild", "nope");
    assertRefusedAlike(
        "there is no subscription \"nope\"", "dead-letters", "drop", "nope", "--position", "1");
    assertRefusedAlike("there is no document \"nope\"", "doc", "delete", "nope");
    assertRefusedAlike("there is no checkpoint \"nope\"", "checkpoint", "delete", "nope");
    assertRefusedAlike("there is no stream \"nope\"", "snapshot", "invalidate", "nope");
  }

  @Test
  void an_unknown_subscription_is_said_alike() {
    String expected = "daybook: there is no subscription \"nope\"\n";
    assertThat(run("dead-letters", "retry", "nope", "--position", "1").err()).isEqualTo(expected);
    assertThat(run("dead-letters", "retry", "nope", "--all").err()).isEqualTo(expected);
    assertThat(run("dead-letters", "drop", "nope", "--position", "1", "--force").err())
        .isEqualTo(expected);
    assertThat(run("dead-letters", "list", "nope").err()).isEqualTo(expected);
    assertThat(run("subscriptions", "pause", "nope").err()).isEqualTo(expected);
  }

  @Test
  void a_table_of_events_that_was_renamed_alone_is_described() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      statement.execute("alter table events rename to ledger");
    }

    assertThat(run("events").err())
        .contains("table \"events\" is missing", "--tables TABLE=NAME names a table")
        .doesNotContain("migrate");
    assertThat(run("events", "--tables", "events=ledger").err())
        .contains("table \"ledger_position\" is missing, which belongs to table \"ledger\"")
        .doesNotContain("SQLITE", "migrate");
  }

  @Test
  void a_table_fits_the_terminal() {
    assertThat(append("long", "{\"x\":\"%s\"}".formatted("y".repeat(300))).status()).isZero();
    for (int columns : new int[] {80, 100, 200}) {
      Run table =
          Run.onTerminal(
              "",
              Map.of("NO_COLOR", "1", "COLUMNS", Integer.toString(columns)),
              "events",
              "--db",
              db.toString());
      assertThat(table.out().lines()).allMatch(line -> line.length() <= columns);
      assertThat(table.out()).contains("yyy…", "long  ");
    }
  }

  private void assertRefusedAlike(String reason, String... command) {
    Run dry = run(with(command, "--dry-run"));
    Run real = run(with(command, "--force"));
    assertThat(real.status()).isEqualTo(1);
    assertThat(dry.status()).as(String.join(" ", command) + dry.out()).isEqualTo(1);
    assertThat(dry.err()).contains(reason).isEqualTo(real.err());
  }

  private Run append(String stream, String json, String... more) {
    String[] command = with(new String[] {"append", stream, json, "--type", "T"}, more);
    return run(command);
  }

  private Run run(String... command) {
    return Run.of(with(command, "--db", db.toString()));
  }

  private static String[] with(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }
}
