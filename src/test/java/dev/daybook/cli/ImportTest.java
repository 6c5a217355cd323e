package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.stream.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportTest {

  /** The exit status of an import that has skipped lines. */
  private static final int SKIPPED = 3;

  private static final String SMALL_HEAP = "64m";

  /** What was in a stream before the import. */
  private static final String BEFORE = "{}";

  @TempDir private Path directory;
  private Path db;
  private Path file;

  @BeforeEach
  void name_the_files() {
    db = directory.resolve("journal.db");
    file = directory.resolve("events.ndjson");
  }

  @Test
  void each_line_becomes_an_event_with_the_fields_that_the_pointers_find() throws IOException {
    Files.writeString(
        file,
        """
        \uFEFF{"order":{"id":"o-1"},"kind":"Placed","labels":["a","b",7,null],"who":"ann","at":"2026-03-01T12:00:00.123456Z"}\r

        {"order":{"id":42},"kind":"Paid","at":1772366400000}
        """);

    Run run =
        Run.of(
            importing(
                "--stream",
                "/order/id",
                "--tag",
                "/labels",
                "--tag",
                "/who",
                "--time",
                "/at",
                "--time-unit",
                "millis"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("imported 2 events, 0 were there already, 0 bad lines");
    List<RecordedEvent<EncodedEvent>> events = events();
    assertThat(events.get(0).streamId()).isEqualTo("o-1");
    assertThat(events.get(0).type()).isEqualTo("Placed");
    assertThat(events.get(0).tags()).containsExactly("a", "b", "7", "ann");
    assertThat(events.get(0).time()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123Z"));
    assertThat(events.get(0).data().text()).startsWith("{\"order\"").endsWith("456Z\"}");
    assertThat(events.get(1).streamId()).isEqualTo("42");
    assertThat(events.get(1).tags()).isEmpty();
    assertThat(events.get(1).time()).isEqualTo(Instant.ofEpochMilli(1772366400000L));
  }

  @Test
  void standard_input_is_read_too() {
    List<String> args = new ArrayList<>(List.of(importing("--stream", "/id")));
    args.set(1, "-");

    Run run =
        Run.withInput(
            "{\"id\":\"a\",\"kind\":\"T\"}\n{\"id\":\"b\",\"kind\":\"T\"}",
            args.toArray(String[]::new));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(events()).extracting(RecordedEvent::streamId).containsExactly("a", "b");
  }

  @Test
  void a_bad_line_stops_the_import_after_all_before_it_are_committed() throws IOException {
    for (String bad :
        List.of(
            "{\"id\":\"x\",\"kind\"",
            "[1,2]",
            "{\"kind\":\"T\"}",
            "{\"id\":\"x\",\"kind\":null}",
            "{\"id\":\"\",\"kind\":\"T\"}",
            "{\"id\":\"x\",\"kind\":\"T\",\"labels\":[{}]}",
            "{\"id\":\"x\",\"kind\":\"T\"} more")) {
      Files.deleteIfExists(db);
      Files.writeString(file, line(1) + line(2) + bad + "\n" + line(4));

      Run run = Run.of(importing("--stream", "/id", "--tag", "/labels"));

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .startsWith("daybook: " + file + ": line 3")
          .endsWith(
              "(the journal has 2 lines before it; --resume --skip-bad FILE continues without such lines)\n")
          .hasLineCount(1);
      assertThat(events()).hasSize(2);
    }
  }

  @Test
  void a_file_that_was_mended_goes_on_with_resume() throws IOException {
    Files.writeString(file, line(1) + "{oops\n" + line(3));
    assertThat(Run.of(importing("--stream", "/id")).status()).isEqualTo(1);
    Files.writeString(file, line(1) + line(2) + line(3));

    Run run = Run.of(importing("--stream", "/id", "--resume"));

    assertThat(run.out()).startsWith("imported 2 events, 1 was there already");
    assertThat(events()).hasSize(3);
  }

  @Test
  void bad_lines_can_be_put_aside() throws IOException {
    Path aside = directory.resolve("bad.ndjson");
    Files.writeString(file, line(1) + "{oops\n" + line(3) + "\"text\"\n");

    Run run = Run.of(importing("--stream", "/id", "--skip-bad", aside.toString()));

    assertThat(run.status()).isEqualTo(SKIPPED);
    assertThat(run.out())
        .startsWith("imported 2 events, 0 were there already, 2 bad lines skipped, in ");
    assertThat(run.err()).contains(aside.toString()).contains(aside + ".reasons");
    assertThat(aside).hasContent("{oops\n\"text\"\n");
    assertThat(Run.of(importing("--stream", "/id", "--skip-bad", file.toString())).status())
        .isEqualTo(2);
    assertThat(file).content().startsWith(line(1));
  }

  @Test
  void a_line_for_a_stream_that_takes_none_is_a_bad_one() throws IOException {
    tombstone("gone");
    Files.writeString(file, line(1) + line(2) + line(3) + lineOf("gone", 4) + line(5) + line(6));

    Run run = Run.of(importing("--stream", "/id"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("daybook: " + file + ": line 4: stream \"gone\" was tombstoned at ")
        .contains(": for good reason (the journal has 3 lines before it; ")
        .hasLineCount(1);
    assertThat(imported()).containsExactly(line(1), line(2), line(3));
    assertThat(Run.of(importing("--stream", "/id", "--resume")).err())
        .startsWith("daybook: " + file + ": line 4: stream \"gone\" was tombstoned at ")
        .contains("(the journal has 3 lines before it; ");
  }

  @Test
  void lines_for_streams_that_take_none_are_put_aside_in_the_order_of_the_file()
      throws IOException {
    Path aside = directory.resolve("bad.ndjson");
    tombstone("gone");
    archive("shelved");
    String bad =
        lineOf("gone", 2) + "{oops\n" + lineOf("shelved", 5) + lineOf("gone", 7) + "{again\n";
    Files.writeString(
        file,
        line(1)
            + lineOf("gone", 2)
            + "{oops\n"
            + line(4)
            + lineOf("shelved", 5)
            + line(6)
            + lineOf("gone", 7)
            + "{again\n"
            + line(9));

    Run run = Run.of(importing("--stream", "/id", "--skip-bad", aside.toString()));

    assertThat(run.status()).as(run.err()).isEqualTo(SKIPPED);
    assertThat(run.out()).startsWith("imported 4 events, 0 were there already, 5 bad lines");
    assertThat(aside).content().isEqualTo(bad);
    assertThat(imported()).containsExactly(line(1), line(4), line(6), line(9));
    assertThat(
            Run.of(importing("--stream", "/id", "--resume", "--skip-bad", aside.toString())).out())
        .startsWith("imported 0 events, 4 were there already, 5 bad lines");
    assertThat(aside).content().isEqualTo(bad);
    assertThat(imported()).hasSize(4);
  }

  @Test
  void a_first_line_for_a_stream_that_takes_none_is_a_bad_one() throws IOException {
    Path aside = directory.resolve("bad.ndjson");
    tombstone("gone");
    Files.writeString(file, lineOf("gone", 1) + line(2));

    assertThat(Run.of(importing("--stream", "/id")).err())
        .startsWith("daybook: " + file + ": line 1: stream \"gone\"")
        .contains("(nothing was imported; ");
    assertThat(Run.of(importing("--stream", "/id", "--skip-bad", aside.toString())).out())
        .startsWith("imported 1 event, 0 were there already, 1 bad line");
    assertThat(aside).content().isEqualTo(lineOf("gone", 1));
  }

  @Test
  void an_import_is_resumed_behind_a_stream_that_was_archived_meanwhile() throws IOException {
    Path aside = directory.resolve("bad.ndjson");
    Files.writeString(file, line(1) + line(2) + "{oops\n");
    assertThat(Run.of(importing("--stream", "/id")).status()).isEqualTo(1);
    archive("cart-2");
    Files.writeString(file, line(1) + line(2) + line(3) + lineOf("cart-2", 4) + line(5));

    Run run = Run.of(importing("--stream", "/id", "--resume", "--skip-bad", aside.toString()));

    assertThat(run.out()).startsWith("imported 2 events, 2 were there already, 1 bad line");
    assertThat(aside).content().isEqualTo(lineOf("cart-2", 4));
    assertThat(imported()).containsExactly(line(1), line(2), line(3), line(5));
  }

  @Test
  void importing_a_file_again_is_refused_and_writes_nothing() throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(Run.of(importing("--stream", "/id")).status()).isZero();

    Run again = Run.of(importing("--stream", "/id"));
    Run resumed = Run.of(importing("--stream", "/id", "--resume"));
    Run renamed = Run.of(importing("--stream", "/id", "--id", "the second time"));

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("2 lines imported before").contains("--resume");
    assertThat(resumed.out()).startsWith("imported 0 events, 2 were there already");
    assertThat(renamed.out()).startsWith("imported 2 events, 0 were there already");
    assertThat(events()).hasSize(4);
  }

  @Test
  void bad_lines_are_not_put_where_the_import_comes_from_by_another_name() throws IOException {
    Files.writeString(file, line(1));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    Run run = Run.of(importing("--stream", "/id", "--skip-bad", link.toString()));

    assertThat(run.status()).isEqualTo(2);
    assertThat(file).content().isEqualTo(line(1));
  }

  @Test
  void resuming_with_another_file_is_noticed() throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(Run.of(importing("--stream", "/id")).status()).isZero();

    Files.writeString(file, line(1) + line(2).replace("T", "U") + line(3));
    Run changed = Run.of(importing("--stream", "/id", "--resume"));
    Files.writeString(file, line(1));
    Run shorter = Run.of(importing("--stream", "/id", "--resume"));
    try (Daybook daybook = Daybook.open(db)) {
      daybook.rawJournal().bulkLoad("import " + file).append(List.of(), 3, "no mark");
    }
    Run foreign = Run.of(importing("--stream", "/id", "--resume"));

    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.err())
        .isEqualTo(
            "daybook: the first 2 lines are not those that were imported before; give another --id to import another file, and import mended lines that were skipped from the file of bad lines\n");
    assertThat(shorter.err())
        .startsWith("daybook: the input has 1 line, and 2 were imported before; give another --id");
    assertThat(foreign.err()).contains("was not made by an import; expected another --id");
    assertThat(events()).hasSize(2);
  }

  @Test
  void bad_lines_that_come_again_are_put_aside_once() throws IOException {
    Path aside = directory.resolve("bad.ndjson");
    Files.writeString(file, line(1) + "{oops\n" + line(3));
    String[] skipping = importing("--stream", "/id", "--resume", "--skip-bad", aside.toString());
    assertThat(Run.of(skipping).status()).isEqualTo(SKIPPED);
    Files.copy(aside, directory.resolve("bad.ndjson.part"));
    Files.writeString(
        directory.resolve("bad.ndjson.part"),
        "{oops\n{what a killed import had no time to commit\n");
    Files.writeString(file, line(1) + "{oops\n" + line(3) + "{and more\n" + line(5));

    Run run = Run.of(skipping);

    assertThat(run.out()).startsWith("imported 1 event, 2 were there already, 2 bad lines");
    assertThat(aside).content().isEqualTo("{oops\n{and more\n");
  }

  @Test
  void long_names_of_files_name_imports_too() throws IOException {
    Path deep = directory;
    while (deep.toString().length() < 300) {
      deep = Files.createDirectory(deep.resolve("d".repeat(100)));
    }
    file = deep.resolve("events.ndjson");
    Files.writeString(file, line(1));
    assertThat(Run.of(importing("--stream", "/id")).status()).isZero();

    assertThat(Run.of(importing("--stream", "/id")).err()).contains("1 line imported before");
  }

  @Test
  void exact_events_keep_their_numbers_and_positions() throws IOException {
    Files.writeString(file, line(1) + line(2) + line(3) + lineOf("cart-2", 4));
    assertThat(Run.of(importing("--stream", "/id")).status()).isZero();
    try (Daybook daybook = Daybook.open(db)) {
      daybook.rawJournal().delete("cart-1", 1);
    }
    List<RecordedEvent<EncodedEvent>> before = events();
    Files.writeString(file, Run.of("events", "--db", db.toString(), "--json").out());
    Path copy = directory.resolve("copy.db");
    String[] exactly = {"import", file.toString(), "--db", copy.toString(), "--exact"};

    assertThat(Run.of(exactly).out()).startsWith("imported 3 events, 0 were there already");

    try (Daybook daybook = Daybook.open(copy)) {
      assertThat(daybook.rawJournal().read(EventQuery.all())).isEqualTo(before);
      assertThat(
              daybook
                  .rawJournal()
                  .append("new", ExpectedSeq.any(), EncodedEvent.json("T", "{}"))
                  .position())
          .isEqualTo(5);
    }
    Files.writeString(file, line(1));
    assertThat(
            Run.of(exactly[0], exactly[1], "--db", copy.toString(), "--exact", "--id", "x").err())
        .contains("line 1: ")
        .contains("is missing; --exact needs it");
  }

  @Test
  void a_place_for_bad_lines_that_is_none_is_said() throws IOException {
    Path aside = directory.resolve("missing").resolve("bad.ndjson");
    Files.writeString(file, line(1));

    Run run = Run.of(importing("--stream", "/id", "--skip-bad", aside.toString()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("daybook: " + aside + ".part: its directory does not exist\n");
  }

  @Test
  void wrong_usage_is_said() {
    assertThat(Run.of(importing("--stream", "id")).err())
        .contains("--stream is 'id'; expected a JSON Pointer");
    assertThat(Run.of(importing("--stream", "/id", "--batch", "0")).err())
        .contains("expected 1 to 100000");
    assertThat(Run.of(importing("--stream", "/id")).err()).contains("does not exist");
  }

  @Test
  void killed_imports_go_on_until_each_line_is_there_exactly_once() throws Exception {
    int lines = 20_000;
    writeLines(lines);
    for (int killedAt : new int[] {500, 5_000, 12_000}) {
      Process process =
          Run.start(
              directory, SMALL_HEAP, importing("--stream", "/id", "--batch", "20", "--resume"));
      try (Daybook daybook = Daybook.open(db)) {
        JavaProcess.killAt(killedAt, process, daybook.rawJournal()::latestPosition);
      }
    }

    Run run = Run.of(importing("--stream", "/id", "--resume"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(events())
        .extracting(event -> event.data().text() + "\n")
        .containsExactlyElementsOf(allLines(lines));
  }

  @Test
  void many_lines_go_in_and_come_out_in_order_with_a_small_heap() throws Exception {
    int lines = Scale.of(100_000, 200_000);
    writeLines(lines);

    Run imported = Run.inProcess(directory, Scale.HEAP, importing("--stream", "/id"));
    Run printed = Run.inProcess(directory, Scale.HEAP, "events", "--db", db.toString(), "--json");

    assertThat(imported.status()).as(imported.err()).isZero();
    assertThat(imported.out()).startsWith("imported " + lines + " events");
    assertThat(printed.status()).as(printed.err()).isZero();
    List<String> data =
        printed
            .lines()
            .map(line -> line.substring(line.indexOf("\"data\":") + 7, line.length() - 1) + "\n")
            .toList();
    assertThat(data.equals(allLines(lines))).as("the same lines in the same order").isTrue();
  }

  @Test
  void following_prints_what_another_process_appends() throws Exception {
    Files.writeString(file, line(1));
    Run.of(importing("--stream", "/id"));
    Process process =
        Run.start(
            directory,
            SMALL_HEAP,
            "events",
            "--db",
            db.toString(),
            "--json",
            "--follow",
            "--limit",
            "3");
    Path out = directory.resolve("out");
    try {
      Await.until(() -> out.toFile().length() > 0);
      Run.of("append", "s", "--db", db.toString(), "--type", "T", "{\"n\":2}");
      Run.of("append", "s", "--db", db.toString(), "--type", "T", "{\"n\":3}");

      Await.ended(process);
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readString(out).lines()).hasSize(3).last().asString().contains("{\"n\":3}");
    } finally {
      process.destroyForcibly();
    }
  }

  private String[] importing(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("import", file.toString(), "--db", db.toString(), "--type", "/kind"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private List<RecordedEvent<EncodedEvent>> events() {
    try (Daybook daybook = Daybook.open(db)) {
      return daybook.rawJournal().read(EventQuery.all());
    }
  }

  /** The lines that were imported. */
  private List<String> imported() {
    return events().stream()
        .map(event -> event.data().text() + "\n")
        .filter(text -> !text.equals(BEFORE + "\n"))
        .toList();
  }

  private void tombstone(String streamId) {
    change(streamId, streams -> streams.tombstone(streamId, "for good reason"));
  }

  private void archive(String streamId) {
    change(streamId, streams -> streams.archive(streamId));
  }

  private void change(String streamId, Consumer<Streams> change) {
    try (Daybook daybook = Daybook.open(db)) {
      daybook.rawJournal().append(streamId, ExpectedSeq.any(), EncodedEvent.json("T", BEFORE));
      change.accept(daybook.streams());
    }
  }

  private void writeLines(int count) throws IOException {
    try (Stream<String> lines = IntStream.rangeClosed(1, count).mapToObj(ImportTest::line)) {
      Files.writeString(file, String.join("", lines.toList()));
    }
  }

  private static List<String> allLines(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(ImportTest::line).toList();
  }

  private static String line(int n) {
    return lineOf("cart-" + n % 1_000, n);
  }

  private static String lineOf(String streamId, int n) {
    return "{\"id\":\"%s\",\"kind\":\"T\",\"n\":%d,\"note\":\"%s\"}\n"
        .formatted(streamId, n, "x".repeat(n % 200));
  }
}
