package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event a line becomes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportFieldsTest {

  @TempDir private Path directory;
  private Path db;
  private Path file;

  @BeforeEach
  void name_the_files() {
    db = directory.resolve("journal.db");
    file = directory.resolve("events.ndjson");
  }

  @Test
  void the_first_place_that_has_a_text_is_taken_and_a_constant_if_none_has() throws IOException {
    lines(
        "{\"repo\":{\"name\":\"r\"},\"org\":\"o\",\"event\":\"issues\",\"action\":\"opened\"}",
        "{\"repo\":{\"name\":\"\"},\"org\":\"o\",\"event\":\"push\"}",
        "{\"repo\":null}");

    Run run =
        importing(
            "--stream",
            "/repo/name",
            "--stream",
            "/org",
            "--stream-is",
            "unknown",
            "--type",
            "/event+/action",
            "--type",
            "/event",
            "--type-is",
            "ping");

    assertThat(run.err()).isEmpty();
    assertThat(events())
        .extracting(event -> event.streamId() + " " + event.type())
        .containsExactly("r issues.opened", "o push", "unknown ping");
  }

  @Test
  void a_part_of_a_line_is_the_data() throws IOException {
    lines(
        "{\"t\":1,\"payload\": { \"a\":1.50, \"b\" : [\"]}\",{}] } ,\"z\":0}",
        "{\"payload\":\"\\u00e9\",\"t\":2}",
        "{\"payload\":-0,\"t\":3}",
        "{\"payload\":null,\"t\":4}",
        "{\"payload\":[true],\"t\":5}");

    assertThat(importing("--stream-is", "s", "--type", "/t", "--data", "/payload").err()).isEmpty();

    assertThat(events())
        .extracting(event -> event.data().text())
        .containsExactly(
            "{ \"a\":1.50, \"b\" : [\"]}\",{}] }", "\"\\u00e9\"", "-0", "null", "[true]");
    lines("{\"t\":1}");
    assertThat(
            importing("--stream-is", "s", "--type", "/t", "--data", "/payload", "--id", "x").err())
        .contains("the data was expected at /payload, and there is nothing");
  }

  @Test
  void white_space_around_a_line_does_not_belong_to_its_data() throws IOException {
    lines("\r{\"t\":1, \"u\":2}", " \t{\"t\":2} \r ");

    assertThat(importing("--stream-is", "s", "--type", "/t").err()).isEmpty();

    assertThat(events())
        .extracting(event -> event.data().text())
        .containsExactly("{\"t\":1, \"u\":2}", "{\"t\":2}");
  }

  @Test
  void tags_have_prefixes_and_come_from_elements_of_arrays() throws IOException {
    lines(
        "{\"labels\":[{\"name\":\"bug\"},{\"name\":\"\"},{},{\"name\":7}],\"who\":\"ann\",\"x\":[\"\",\"y\",null]}",
        "{\"labels\":[],\"who\":\"\",\"x\":\"\"}");

    Run run =
        importing(
            "--stream-is",
            "s",
            "--type-is",
            "T",
            "--tag",
            "/labels/*/name",
            "--tag",
            "user:=/who",
            "--tag",
            "/x",
            "--tag",
            "first:=/labels/0/name",
            "--tag-is",
            "all");

    assertThat(run.err()).isEmpty();
    assertThat(events().get(0).tags())
        .containsExactly("all", "bug", "7", "user:ann", "y", "first:bug");
    assertThat(events().get(1).tags()).containsExactly("all");
  }

  @Test
  void a_name_may_be_a_star_and_may_have_escapes() throws IOException {
    lines("{\"*\":\"s\",\"a/b~\":\"T\",\"list\":[[\"x\",\"y\"],[\"z\"]]}");

    assertThat(importing("--stream", "/*", "--type", "/a~1b~0", "--tag", "/list/*/*").err())
        .isEmpty();

    assertThat(events().get(0).streamId()).isEqualTo("s");
    assertThat(events().get(0).tags()).containsExactly("x", "y", "z");
  }

  @Test
  void a_key_appends_once_and_metadata_is_kept() throws IOException {
    lines(
        "{\"id\":\"d1\",\"by\":\"ann\",\"n\":1e2,\"ok\":\"\"}",
        "{\"id\":\"d1\",\"by\":\"bob\"}",
        "{\"id\":\"d2\"}");

    Run run =
        importing(
            "--stream-is",
            "s",
            "--type-is",
            "T",
            "--key",
            "/id",
            "--meta",
            "user=/by",
            "--meta",
            "n=/n",
            "--meta",
            "ok=/ok");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("imported 2 events, 1 was there already, 0 bad lines");
    assertThat(events()).hasSize(2);
    assertThat(events().get(0).metadata().entries()).isEqualTo(Map.of("user", "ann", "n", "1e2"));
    assertThat(events().get(1).idempotencyKey()).contains("d2");
    Run again = importing("--stream-is", "s", "--type-is", "T", "--key", "/id", "--id", "again");
    assertThat(again.out()).startsWith("imported 0 events, 3 were there already, 0 bad lines");
    assertThat(importing("--stream-is", "s", "--type-is", "T", "--key", "/id", "--dry-run").out())
        .contains("would import 2 events into 1 stream; 0 bad lines; 1 line whose key is there");
  }

  @Test
  void times_have_many_forms_and_numbers_need_their_unit() throws IOException {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("\"2026-03-01T12:00:00Z\"", "2026-03-01T12:00:00Z");
    times.put("\"2026-03-01T12:00:00+02\"", "2026-03-01T10:00:00Z");
    times.put("\"2026-03-01T12:00:00.1234567+0230\"", "2026-03-01T09:30:00.123Z");
    times.put("\"2026-03-01 12:00:00-05:00\"", "2026-03-01T17:00:00Z");
    times.put("\"2026-03-01T12:00Z\"", "2026-03-01T12:00:00Z");
    times.put("\"2026-03-01\"", "2026-03-01T00:00:00Z");
    times.put("\"1969-12-31t23:59:59,5z\"", "1969-12-31T23:59:59.500Z");
    assertTimes(times, "--time", "/at");
    assertTimes(
        Map.of("1772366400", "2026-03-01T12:00:00Z", "\"-1.5\"", "1969-12-31T23:59:58.500Z"),
        "--time",
        "/at",
        "--time-unit",
        "seconds");
    assertTimes(
        Map.of("1772366400123", "2026-03-01T12:00:00.123Z"),
        "--time",
        "/at",
        "--time-unit",
        "millis");
    assertTimes(
        Map.of("1772366400123456", "2026-03-01T12:00:00.123Z"),
        "--time",
        "/at",
        "--time-unit",
        "MICROS");
    assertTimes(
        Map.of("null", "2020-01-01T00:00:00Z", "\"\"", "2020-01-01T00:00:00Z"),
        "--time",
        "/at",
        "--time-is",
        "2020-01-01");
    for (String bad :
        List.of(
            "1772366400",
            "\"2026-03-01T12:00:00\"",
            "\"2026-13-01\"",
            "\"12:00\"",
            "true",
            "null",
            "\"+999999999-01-01T00:00:00Z\"")) {
      lines("{\"at\":%s}".formatted(bad));
      Run run =
          importing("--stream-is", "s", "--type-is", "T", "--time", "/at", "--id", "bad " + bad);
      assertThat(run.status()).as(bad).isEqualTo(1);
      assertThat(run.err()).as(bad).contains("/at");
    }
    lines("{\"at\":1e400}", "{\"at\":9223372036854775807}", "{\"at\":1}");
    assertThat(
            importing(
                    "--stream-is",
                    "s",
                    "--type-is",
                    "T",
                    "--time",
                    "/at",
                    "--time-unit",
                    "seconds",
                    "--skip-bad",
                    directory.resolve("bad.ndjson").toString(),
                    "--id",
                    "x")
                .out())
        .startsWith("imported 1 event, 0 were there already, 2 bad lines");
    lines("{}");
    Instant before = Instant.now().minusSeconds(1);
    assertThat(
            importing(
                    "--stream-is",
                    "now",
                    "--type-is",
                    "T",
                    "--time",
                    "/at",
                    "--time-is",
                    "now",
                    "--id",
                    "n")
                .err())
        .isEmpty();
    assertThat(events().get(events().size() - 1).time()).isAfter(before);
  }

  @Test
  void a_dry_run_says_what_would_be_imported_and_writes_nothing() throws IOException {
    lines(
        "{\"id\":\"a\",\"t\":\"T\",\"labels\":[{\"name\":\"x\"},{\"name\":\"y\"}]}",
        "{oops",
        "",
        "{\"id\":\"b\",\"t\":\"U\",\"labels\":[]}",
        "{\"id\":\"a\",\"t\":\"U\",\"labels\":{}}");
    String[] options = {
      "--stream", "/id", "--type", "/t", "--tag", "/labels/*/name", "--data", "/labels", "--dry-run"
    };

    Run run = importing(options);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out())
        .isEqualTo(
            """
            /id: in 3 of 4 lines, such as a | b
            /t: in 3 of 4 lines, such as T | U
            /labels: in 3 of 4 lines, such as [{"name":"x"},{"name":"y"}] | [] | {}
            /labels/*/name: in 1 of 4 lines, such as x | y
            would import 3 events into 2 streams; 1 bad line
              2 events of type U
              1 event of type T
              such as now  a  T  [x, y]
              such as now  b  U
              such as now  a  U
              bad: %s: line 2, column 2: it is not valid JSON: there is 'o'; expected a name in double quotes
            """
                .formatted(file));
    assertThat(db).doesNotExist();
    List<String> json = new ArrayList<>(List.of(options));
    json.add("--json");
    assertThat(importing(json.toArray(String[]::new)).out())
        .startsWith(
            "{\"lines\":4,\"events\":3,\"repeated\":0,\"streams\":2,\"bad\":1,\"pointers\":[{\"pointer\":\"/id\",\"lines\":3,");
  }

  @Test
  void what_is_missing_or_not_valid_is_said_before_anything_is_done() {
    for (String[] wrong :
        new String[][] {
          {"--type", "/t", "--stream PTR or --stream-is ID is missing"},
          {"--stream", "/t", "--type PTR or --type-is TYPE is missing"},
          {"--stream", "t", "--stream is 't'; expected a JSON Pointer"},
          {"--tag", "x:=t", "--tag is 'x:=t'; expected a JSON Pointer"},
          {"--meta", "/t", "--meta is '/t'; expected NAME=PTR"},
          {"--time-is", "noon", "--time-is is 'noon'; expected now, or a time"},
          {"--time-unit", "days", "days"},
          {"--time-unit", "seconds", "--time-unit is of the times at a pointer; expected --time"},
          {"--separator", ";", "--separator is of CSV; expected --csv with it"}
        }) {
      List<String> args = new ArrayList<>(List.of("--stream", "/s", "--type", "/t"));
      if (wrong[2].contains("missing")) {
        args.clear();
      }
      args.addAll(List.of(wrong[0], wrong[1]));
      Run run = importing(args.toArray(String[]::new));
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains(wrong[2]);
      assertThat(db).doesNotExist();
    }
  }

  private void assertTimes(Map<String, String> times, String... options) throws IOException {
    Files.deleteIfExists(db);
    lines(times.keySet().stream().map("{\"at\":%s}"::formatted).toArray(String[]::new));
    List<String> args = new ArrayList<>(List.of("--stream-is", "s", "--type-is", "T"));
    args.addAll(List.of(options));
    Run run = importing(args.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(events())
        .extracting(event -> event.time().toString())
        .containsExactlyElementsOf(times.values());
  }

  private void lines(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private Run importing(String... more) {
    List<String> args = new ArrayList<>(List.of("import", file.toString(), "--db", db.toString()));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private List<RecordedEvent<EncodedEvent>> events() {
    try (Daybook daybook = Daybook.open(db)) {
      return daybook.rawJournal().read(EventQuery.all());
    }
  }
}
