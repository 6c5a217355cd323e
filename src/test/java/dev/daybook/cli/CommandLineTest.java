package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private String db;

  @BeforeEach
  void name_the_file() {
    db = directory.resolve("journal.db").toString();
  }

  @Test
  void migrate_makes_the_file_and_says_its_version() {
    Run run = Run.of("migrate", "--db", db);

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo(db + " has schema version 5\n");
    assertThat(Path.of(db)).exists();
    assertThat(Run.of("migrate", "--db", db, "--json").out()).isEqualTo("{\"schemaVersion\":5}\n");
  }

  @Test
  void append_prints_what_was_recorded_with_the_fields_that_are_promised() throws Exception {
    Run run =
        Run.of(
            "append",
            "order-1",
            "--db",
            db,
            "--json",
            "--type",
            "Placed",
            "--tag",
            "a",
            "--tag",
            "ö \"b\"",
            "--meta",
            "correlationId=c-1",
            "--meta",
            "user=ann",
            "{ \"total\" : 10.50 }");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode event = JSON.readTree(run.out());
    assertThat(event.fieldNames())
        .toIterable()
        .containsExactly("stream", "seq", "position", "type", "tags", "time", "metadata", "data");
    assertThat(event.get("stream").textValue()).isEqualTo("order-1");
    assertThat(event.get("seq").longValue()).isEqualTo(1);
    assertThat(event.get("position").longValue()).isEqualTo(1);
    assertThat(event.get("tags").get(1).textValue()).isEqualTo("ö \"b\"");
    assertThat(event.get("metadata").toString())
        .isEqualTo("{\"correlationId\":\"c-1\",\"user\":\"ann\"}");
    assertThat(run.out()).contains("\"data\":{ \"total\" : 10.50 }");
  }

  @Test
  void append_reads_its_data_from_standard_input() {
    Run dash =
        Run.withInput("{\"n\":1}\n", "append", "s", "--db", db, "--type", "T", "--json", "-");
    Run nothing = Run.withInput("{\"n\":2}", "append", "s", "--db", db, "--type", "T", "--json");

    assertThat(dash.out()).contains("\"data\":{\"n\":1}");
    assertThat(nothing.out()).contains("\"data\":{\"n\":2}");
  }

  @Test
  void append_keeps_its_expectation() {
    append("s", "{}", "--expect", "none");
    append("s", "{}", "--expect", "exists");
    append("s", "{}", "--expect", "2");
    append("s", "{}", "--expect", "any");

    Run refused = Run.of("append", "s", "--db", db, "--type", "T", "--expect", "3", "{}");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .isEqualTo("daybook: stream \"s\": expected sequence number 3, found sequence number 4\n");
  }

  @Test
  void append_under_a_key_that_was_seen_changes_nothing() {
    Run first = append("s", "{\"n\":1}", "--key", "k");
    Run again =
        Run.of("append", "s", "{\"n\":2}", "--type", "T", "--key", "k", "--db", db, "--json");

    assertThat(again.status()).isEqualTo(3);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(Run.of("read", "s", "--db", db).lines()).hasSize(1);
  }

  @Test
  void data_that_is_no_json_is_refused_before_the_file_is_made() {
    for (String data : List.of("{\"a\":", "{} {}", "nothing", "")) {
      Run run = Run.withInput(data, "append", "s", "--db", db, "--type", "T");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("daybook: the data is ").hasLineCount(1);
    }
    assertThat(Path.of(db)).doesNotExist();
  }

  @Test
  void wrong_usage_exits_with_2_and_says_what_was_expected() {
    assertThat(Run.of("append", "s", "--db", db, "--type", "T", "--expect", "soon", "{}"))
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(2);
              assertThat(run.err()).contains("expected a number, none, exists or any");
            });
    assertThat(Run.of().status()).isEqualTo(2);
    assertThat(Run.of("nonsense").status()).isEqualTo(2);
    assertThat(Run.of("read", "s").err()).contains("--db FILE|URL is missing");
    assertThat(Run.of("read", "s", "--db", db, "--last", "1", "--from", "1").status()).isEqualTo(2);
  }

  @Test
  void less_than_no_last_event_is_wrong_usage() {
    append("s", "{}");
    for (String last : List.of("-1", "-2")) {
      Run run = Run.of("read", "s", "--db", db, "--last=" + last);

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .startsWith(
              "daybook: --last: '" + last + "' is not a whole number; expected 0 or more\n");
    }
  }

  @Test
  void a_failure_is_one_line_and_a_stack_trace_only_if_asked_for() {
    String missing = directory.resolve("no/such.db").toString();

    Run brief = Run.of("append", "s", "--db", missing, "--type", "T", "{}");
    Run verbose = Run.of("append", "s", "--db", missing, "--type", "T", "--verbose", "{}");

    assertThat(brief.status()).isEqualTo(1);
    assertThat(brief.err()).isEqualTo("daybook: " + missing + ": its directory does not exist\n");
    assertThat(verbose.status()).isEqualTo(1);
    assertThat(verbose.err()).contains("\tat dev.daybook.");
  }

  @Test
  void commands_that_look_make_no_file() {
    for (String[] command :
        List.of(
            new String[] {"read", "s"},
            new String[] {"events"},
            new String[] {"streams"},
            new String[] {"stats"},
            new String[] {"delete", "s", "--to", "1"})) {
      List<String> args = new ArrayList<>(List.of(command));
      args.addAll(List.of("--db", db));

      Run run = Run.of(args.toArray(String[]::new));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("does not exist").contains("daybook migrate");
    }
    assertThat(Path.of(db)).doesNotExist();
  }

  @Test
  void a_file_that_is_no_database_is_named() throws Exception {
    Files.writeString(Path.of(db), "these are my notes, and no database at all\n".repeat(50));

    Run run = Run.of("stats", "--db", db);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("daybook: " + db + ": the file exists and is not a SQLite database\n");
  }

  @Test
  void read_prints_ranges_and_the_last_events() {
    for (int n = 1; n <= 5; n++) {
      append("s", "{\"n\":" + n + "}");
    }

    assertThat(numbers("read", "s")).containsExactly(1, 2, 3, 4, 5);
    assertThat(numbers("read", "s", "--from", "2", "--to", "3")).containsExactly(2, 3);
    assertThat(numbers("read", "s", "--last", "2")).containsExactly(4, 5);
    assertThat(numbers("read", "s", "--last", "9")).hasSize(5);
    assertThat(numbers("read", "s", "--last", "0")).isEmpty();
    assertThat(Run.of("read", "s", "--from", "9", "--db", db).err()).contains("no such events");
    Run unknown = Run.of("read", "unknown", "--db", db);
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).isEqualTo("daybook: there is no stream \"unknown\"\n");
  }

  @Test
  void events_filters_by_tag_type_position_and_number() {
    append("s", "{\"n\":1}", "--tag", "a");
    append("t", "{\"n\":2}", "--tag", "a", "--tag", "b");
    append("s", "{\"n\":3}", "--tag", "b", "--tag", "c");
    Run.of("append", "u", "--db", db, "--type", "Other", "{\"n\":4}");

    assertThat(numbers("events")).containsExactly(1, 2, 3, 4);
    assertThat(numbers("events", "--after", "2")).containsExactly(3, 4);
    assertThat(numbers("events", "--limit", "2")).containsExactly(1, 2);
    assertThat(numbers("events", "--tag", "a", "--tag", "b")).containsExactly(2);
    assertThat(numbers("events", "--any-tag", "a", "--any-tag", "c")).containsExactly(1, 2, 3);
    assertThat(numbers("events", "--not-tag", "b")).containsExactly(1, 4);
    assertThat(numbers("events", "--any-tag", "a", "--not-tag", "b")).containsExactly(1);
    assertThat(numbers("events", "--type", "Other")).containsExactly(4);
    assertThat(numbers("events", "--type", "Other", "--type", "T", "--tag", "c"))
        .containsExactly(3);
  }

  @Test
  void streams_lists_ids_page_by_page() {
    for (String id : List.of("b%1", "b%2", "bX1", "a", "B%3")) {
      append(id, "{}");
    }

    assertThat(Run.of("streams", "--db", db).lines())
        .containsExactly("B%3", "a", "b%1", "b%2", "bX1");
    assertThat(Run.of("streams", "--db", db, "--prefix", "b%").lines())
        .containsExactly("b%1", "b%2");
    assertThat(Run.of("streams", "--db", db, "--after", "a", "--limit", "2", "--json").lines())
        .containsExactly("{\"stream\":\"b%1\"}", "{\"stream\":\"b%2\"}");
  }

  @Test
  void delete_removes_the_oldest_events_and_keeps_the_numbering() {
    append("s", "{\"n\":1}");
    append("s", "{\"n\":2}");

    Run run = Run.of("delete", "s", "--to", "1", "--force", "--db", db, "--json");
    append("s", "{\"n\":3}", "--expect", "2");

    assertThat(run.out()).isEqualTo("{\"deleted\":1}\n");
    assertThat(numbers("read", "s")).containsExactly(2, 3);
  }

  @Test
  void stats_counts() throws Exception {
    append("s", "{}", "--tag", "a");
    append("t", "{}", "--tag", "a", "--tag", "b");

    JsonNode stats = JSON.readTree(Run.of("stats", "--db", db, "--json").out());

    assertThat(stats.get("events").longValue()).isEqualTo(2);
    assertThat(stats.get("streams").longValue()).isEqualTo(2);
    assertThat(stats.get("tags").longValue()).isEqualTo(3);
    assertThat(stats.get("differentTags").longValue()).isEqualTo(2);
    assertThat(stats.get("documents").longValue()).isZero();
    assertThat(stats.get("lastPosition").longValue()).isEqualTo(2);
    assertThat(stats.get("fileBytes").longValue()).isPositive();
  }

  @Test
  void sql_is_printed_to_standard_error_only() {
    append("s", "{}");

    Run run = Run.of("read", "s", "--db", db, "--sql", "--json");

    assertThat(run.lines()).hasSize(1);
    assertThat(run.err()).startsWith("select ").contains(" order by ");
  }

  @Test
  void every_command_has_help() {
    for (String command :
        List.of(
            "migrate", "append", "import", "read", "events", "streams", "delete", "stats",
            "demo")) {
      Run run = Run.of(command, "--help");

      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("Usage: daybook " + command).contains("--db");
    }
  }

  @Test
  void the_demonstration_runs_and_shows_its_sql() {
    Run run = Run.of("demo", "--db", db);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("Imported 160 events of 60 orders")
        .contains("Recovered order-1001 from its 4 events")
        .contains("Appended OrderReturned as number 5 of order-1001, at position 161")
        .contains("expected sequence number 4, found sequence number 5")
        .contains("insert into events")
        .contains("begin immediate");
    assertThat(Run.of("demo", "--db", db).err()).contains("exists already");
  }

  private Run append(String stream, String data, String... more) {
    List<String> args =
        new ArrayList<>(List.of("append", stream, "--db", db, "--type", "T", "--json"));
    args.addAll(List.of(more));
    args.add(data);
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private List<Integer> numbers(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--db", db, "--json"));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.lines().map(CommandLineTest::number).toList();
  }

  private static int number(String line) {
    try {
      return JSON.readTree(line).at("/data/n").intValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
