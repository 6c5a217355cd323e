package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a file is imported and comes out as it was, or is a bad line that is named. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadInputTest {

  private static final String GOOD = "{\"s\":\"t\",\"y\":\"a\",\"n\":1}";

  @TempDir private Path directory;
  private Path db;
  private Path file;
  private Path skipped;

  @BeforeEach
  void name_the_files() {
    db = directory.resolve("journal.db");
    file = directory.resolve("events.ndjson");
    skipped = directory.resolve("bad.ndjson");
  }

  @Test
  void whatever_a_line_is_it_is_skipped_whole_with_its_place_and_the_reason() throws IOException {
    List<Map.Entry<byte[], String>> bad = new ArrayList<>();
    add(bad, bytes("\0\0\0\0" + GOOD), "\"column\":1,\"reason\":\"it has a byte 00");
    add(bad, bytes(GOOD + "\0"), "\"column\":" + (GOOD.length() + 1));
    add(bad, GOOD.getBytes(StandardCharsets.UTF_16LE), "byte 00");
    add(bad, GOOD.getBytes(Charset.forName("UTF-32BE")), "byte 00");
    add(bad, bytes("\uFEFF" + GOOD), "byte-order mark of UTF-8");
    add(
        bad,
        text("{\"s\":\"ü", 0xC0, 0xAF, "\",\"y\":\"a\"}"),
        "\"column\":8,\"reason\":\"it is not UTF-8: it has the bytes C0");
    add(bad, text("{\"s\":\"", 0xED, 0xA0, 0x80, "\",\"y\":\"a\"}"), "it is not UTF-8");
    add(bad, text("{\"s\":\"", 0xF4, 0x90, 0x80, 0x80, "\",\"y\":\"a\"}"), "it is not UTF-8");
    add(bad, text("{\"s\":\"", 0xE2, 0x82, "\",\"y\":\"a\"}"), "it is not UTF-8");
    add(
        bad,
        bytes("{\"s\":\"t\",\"y\":\"a\",\"v\":[" + "[".repeat(1_000) + "]".repeat(1_000) + "]}"),
        "nested more than 1000 levels");
    add(bad, bytes("[".repeat(200_000)), "nested more than 1000 levels");
    add(bad, bytes("{\"s\":\"t\",\"y\":\"a\""), "it is not valid JSON: ");
    add(bad, bytes("{\"s\":\"t\",\"y\":\"a\",\"v\":NaN}"), "it is not valid JSON: ");
    add(bad, bytes("{\"s\":\"t\",\"y\":\"a\"}{}"), "more follows");
    add(bad, bytes("{\"s\":\"t\",\"s\":\"u\",\"y\":\"a\"}"), "second value at /s");
    add(bad, bytes("{\"s\":\"t\u0001\",\"y\":\"a\"}"), "it is not valid JSON: ");
    add(bad, bytes("{\"s\":\"t\\u0000\",\"y\":\"a\"}"), "control character U+0000");
    add(bad, bytes("{\"s\":\"\\ud800\",\"y\":\"a\"}"), "unpaired surrogate");
    add(bad, bytes("{\"s\":\"" + "x".repeat(300) + "\",\"y\":\"a\"}"), "300 characters");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (byte[] line : bad.stream().map(Map.Entry::getKey).toList()) {
      all.writeBytes(bytes(GOOD + "\n"));
      all.writeBytes(line);
      all.write('\n');
      expected.writeBytes(line);
      expected.write('\n');
    }
    Files.write(file, all.toByteArray());

    Run run = importing("--skip-bad", skipped.toString());

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .startsWith(
            "imported %s events, 0 were there already, %1$s bad lines".formatted(bad.size()));
    assertThat(Files.readAllBytes(skipped)).isEqualTo(expected.toByteArray());
    List<String> reasons = Files.readAllLines(directory.resolve("bad.ndjson.reasons"));
    assertThat(reasons).hasSize(bad.size());
    int number = 0;
    for (String why : bad.stream().map(Map.Entry::getValue).toList()) {
      assertThat(reasons.get(number))
          .startsWith("{\"file\":\"%s\",\"line\":%s".formatted(file, 2 * number + 2))
          .contains(why)
          .doesNotContain("com.fasterxml", "Source", "StreamRead", "Exception");
      number++;
    }
    assertThat(Run.of("verify", "--db", db.toString()).status()).isZero();
  }

  private static void add(List<Map.Entry<byte[], String>> bad, byte[] line, String reason) {
    bad.add(Map.entry(line, reason));
  }

  @Test
  void numbers_of_any_size_stay_as_they_are_written() throws IOException {
    List<String> numbers =
        List.of("1e99999999999", "-0", "-0.0", "1e5", "1.50", "0.1e-400", "1".repeat(5_000));
    StringBuilder lines = new StringBuilder();
    numbers.forEach(
        number -> lines.append("{\"s\":\"t\",\"y\":\"a\",\"v\":%s}\n".formatted(number)));
    Files.writeString(file, lines);

    Run run = importing();

    assertThat(run.status()).as(run.err()).isZero();
    String printed = Run.of("events", "--db", db.toString(), "--json").out();
    assertThat(printed.lines().map(BadInputTest::data).map(data -> data + "\n"))
        .containsExactlyElementsOf(lines.toString().lines().map(line -> line + "\n").toList());
    Path copy = directory.resolve("copy.db");
    Files.writeString(file, printed);
    assertThat(Run.of("import", file.toString(), "--db", copy.toString(), "--exported").status())
        .isZero();
    assertThat(Run.of("events", "--db", copy.toString(), "--json").out()).isEqualTo(printed);
    for (String number : numbers) {
      Run append = Run.of("append", "s", "--db", db.toString(), "--type", "T", "--json", number);
      assertThat(append.status()).as(append.err()).isZero();
      assertThat(append.out()).endsWith("\"data\":" + number + "}\n");
    }
  }

  @Test
  void names_that_are_numbers_are_as_they_are_written() throws IOException {
    Files.writeString(file, "{\"s\":1e3,\"y\":1.50,\"g\":-0}\n");

    assertThat(importing("--tag", "/g").status()).isZero();

    assertThat(Run.of("events", "--db", db.toString()).out()).contains("\t1e3\t1\t1.50\t-0\t");
  }

  @Test
  void files_in_other_encodings_are_refused_by_name() throws IOException {
    for (Map.Entry<String, String> encoding :
        Map.of(
                "UTF-16LE", "UTF-16 (little endian)",
                "UTF-16BE", "UTF-16 (big endian)",
                "UTF-32LE", "UTF-32 (little endian)",
                "UTF-32BE", "UTF-32 (big endian)")
            .entrySet()) {
      Files.write(file, ("\uFEFF" + GOOD + "\n").getBytes(Charset.forName(encoding.getKey())));

      Run run = importing("--skip-bad", skipped.toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("the byte-order mark of " + encoding.getValue());
      assertThat(skipped).doesNotExist();
    }
  }

  @Test
  void what_is_nested_as_deeply_as_possible_is_printed_and_imported_again() throws IOException {
    String deep = "{\"s\":\"t\",\"y\":\"a\",\"v\":" + "[".repeat(999) + "]".repeat(999) + "}";
    Files.writeString(file, deep + "\n");
    assertThat(importing().status()).isZero();
    assertThat(append(deep).status()).isZero();
    assertThat(append("[" + deep + "]").err()).contains("nested more than 1000 levels");

    comesBack();
  }

  @Test
  void what_is_as_long_as_possible_is_printed_and_imported_again() throws IOException {
    String rockets = "\uD83D\uDE80".repeat(9 << 18);
    Files.writeString(file, "{\"s\":\"t\",\"y\":\"a\",\"v\":\"" + rockets + "\"}\n");
    assertThat(importing().status()).isZero();
    String longest = "\"" + "x".repeat((32 << 20) - 2) + "\"";
    assertThat(append(longest).err()).isEmpty();
    assertThat(append(longest + "1").err()).contains("it is longer than 33554432 bytes");

    String printed = comesBack();

    assertThat(printed).contains("\"v\":\"" + rockets + "\"").doesNotContain("\\u");
  }

  @Test
  void a_line_that_is_too_long_is_skipped_whole() throws IOException {
    String tooLong = "{\"s\":\"t\",\"y\":\"a\",\"v\":\"" + "x".repeat(32 << 20) + "\"}";
    Files.writeString(file, GOOD + "\n{oops\n" + tooLong + "\n" + GOOD + "\n");

    Run run = importing("--skip-bad", skipped.toString());

    assertThat(run.out()).startsWith("imported 2 events, 0 were there already, 2 bad lines");
    assertThat(Files.readString(skipped).equals("{oops\n" + tooLong + "\n")).isTrue();
    assertThat(Files.readString(directory.resolve("bad.ndjson.reasons")))
        .contains("\"line\":3,\"reason\":\"it is longer than 33554432 bytes\"");
    assertThat(importing("--skip-bad", skipped.toString(), "--resume").out())
        .startsWith("imported 0 events, 2 were there already, 2 bad lines");
  }

  @Test
  void data_that_is_not_json_is_printed_as_base64_and_imported_again() throws IOException {
    try (Daybook daybook = Daybook.open(db)) {
      for (byte[] payload :
          List.of(
              bytes("{oops"),
              bytes(""),
              bytes("{\"a\":1}".replace("{", "\uFEFF{")),
              "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
              bytes("[".repeat(5_000) + "]".repeat(5_000)),
              text("\"", 0xC0, 0xAF, "\""))) {
        daybook
            .rawJournal()
            .append("s", ExpectedSeq.any(), new EncodedEvent("T", EncodedEvent.JSON, payload));
      }
    }

    comesBack();

    assertThat(Run.of("verify", "--db", db.toString()).out().lines()).hasSize(7);
  }

  @Test
  void line_ends_between_the_parts_of_data_are_left_out() {
    String data = "{\r\n \"a b\\\\\" : [ 1,\n\t2 ],\n\"c\\\"\" : \" \"}";
    assertThat(append(data).status()).isZero();

    assertThat(data(Run.of("events", "--db", db.toString(), "--json").out().strip()))
        .isEqualTo("{\"a b\\\\\":[1,2],\"c\\\"\":\" \"}");
    assertThat(append("{ \"a\" : \"é\\u00e9\" }").out()).contains("{ \"a\" : \"é\\u00e9\" }");
    assertThat(Run.of("events", "--db", db.toString(), "--json").out())
        .contains("\"data\":{ \"a\" : \"é\\u00e9\" }}");
  }

  @Test
  void document_records_are_read_by_the_same_rules() {
    String meta =
        "{\"record\":\"meta\",\"replicaType\":{\"name\":\"text\",\"major\":%s,\"minor\":0},\"syncMode\":{\"writerModel\":\"w\",\"delivery\":\"d\",\"durability\":\"y\"},\"schemaHash\":\"h\"}";
    for (String major : List.of("1e99999999999", "1.0", "\"1\"", "99999999999")) {
      Run run = Run.withInput(meta.formatted(major), "doc", "append", "d", "--db", db.toString());
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("no whole number at /replicaType/major");
    }
    assertThat(Run.withInput("\0\0{}", "doc", "append", "d", "--db", db.toString()).err())
        .contains("column 1: it has a byte 00");
    assertThat(
            Run.withInput(meta.formatted("1"), "doc", "append", "d", "--db", db.toString())
                .status())
        .isZero();
    String entry =
        "{\"record\":\"entry\",\"kind\":\"entirety\",\"encoding\":\"json\",\"data\":\"[\\\"\uD83D\uDE80\\\",1e5]\",\"version\":\"v\"}";
    assertThat(Run.withInput(entry, "doc", "append", "d", "--db", db.toString()).status()).isZero();
    String records = Run.of("doc", "read", "d", "--db", db.toString(), "--json").out();
    assertThat(records).contains("\uD83D\uDE80");
    assertThat(Run.withInput(records, "doc", "replace", "e", "--db", db.toString()).err())
        .isEmpty();
    assertThat(Run.of("doc", "read", "e", "--db", db.toString(), "--json").out())
        .isEqualTo(records);
  }

  /** Prints all events, imports that, and prints it again. */
  private String comesBack() throws IOException {
    String printed = Run.of("events", "--db", db.toString(), "--json").out();
    Path copy = directory.resolve("copy.db");
    Files.writeString(file, printed);
    Run run = Run.of("import", file.toString(), "--db", copy.toString(), "--exported");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Run.of("events", "--db", copy.toString(), "--json").out().equals(printed)).isTrue();
    try (Daybook before = Daybook.open(db);
        Daybook after = Daybook.open(copy)) {
      assertThat(after.rawJournal().read(EventQuery.all()))
          .isEqualTo(before.rawJournal().read(EventQuery.all()));
    }
    return printed;
  }

  private Run append(String data) {
    return Run.withInput(data, "append", "s", "--db", db.toString(), "--type", "T", "-");
  }

  private Run importing(String... more) {
    String[] args = {
      "import", file.toString(), "--db", db.toString(), "--stream", "/s", "--type", "/y"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Run.of(all);
  }

  private static String data(String printed) {
    String start = "\"data\":";
    return printed.substring(printed.indexOf(start) + start.length(), printed.length() - 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Texts, and bytes as numbers. */
  private static byte[] text(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer b) {
        bytes.write(b);
      } else {
        bytes.writeBytes(bytes(part.toString()));
      }
    }
    return bytes.toByteArray();
  }
}
