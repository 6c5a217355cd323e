package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.daybook.Daybook;
import dev.daybook.cli.output.Terminal;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be a file of lines to import. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportFilesTest {

  @TempDir private Path directory;
  private Path db;
  private Path file;

  @BeforeEach
  void name_the_files() {
    db = directory.resolve("journal.db");
    file = directory.resolve("events.ndjson");
  }

  @Test
  void a_terminal_is_not_read_again_after_its_end() {
    InputStream typed =
        new ByteArrayInputStream(bytes("{\"n\":1}\n")) {
          private boolean ended;

          @Override
          public synchronized int read(byte[] into, int from, int length) {
            assertThat(ended).as("read after its end").isFalse();
            int read = super.read(into, from, length);
            ended = read < 0;
            return read;
          }
        };
    Terminal terminal = new Terminal(typed, System.out, System.err, Map.of());

    assertThat(
            Main.run(
                terminal, "import", "--db", db.toString(), "--stream-is", "s", "--type-is", "T"))
        .isZero();
  }

  @Test
  void a_directory_and_a_database_are_no_files_of_lines() throws IOException {
    Run.of("migrate", "--db", db.toString());

    assertThat(importing(directory).err()).contains(directory + " is a directory; expected a file");
    assertThat(importing(db).err())
        .contains(
            db + " is a SQLite database; expected a file of lines; --db FILE names the store");
    assertThat(importing(directory.resolve("none")).err()).contains("none does not exist");
  }

  private Run importing(Path path) {
    return Run.of(
        "import", path.toString(), "--db", db.toString(), "--stream-is", "s", "--type-is", "T");
  }

  @Test
  void several_files_that_are_compressed_or_arrays_are_read_one_after_the_other()
      throws IOException {
    lines("{\"n\":1}");
    Path gzip = directory.resolve("two");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(bytes("{\"n\":2}\n{\"n\":3}"));
    }
    Path twice = directory.resolve("more");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int n = 4; n < 6; n++) {
      try (OutputStream out = new GZIPOutputStream(members)) {
        out.write(bytes("{\"n\":%s}\n".formatted(n)));
      }
    }
    Files.write(twice, members.toByteArray());
    Path zstd = directory.resolve("three");
    Files.write(zstd, Zstd.compress(bytes("\uFEFF{\"n\":6}\n")));
    Path array = directory.resolve("four");
    Files.writeString(
        array, "\uFEFF\r\n[ {\"n\":7,\r\n \"t\":\"],[\\\"\"},\n{\"n\":8} ,{\"n\":[{},9]}\n]\n");
    Path empty = Files.writeString(directory.resolve("five"), "");

    Run run =
        Run.withInput(
            "{\"n\":10}",
            "import",
            file.toString(),
            gzip.toString(),
            twice.toString(),
            zstd.toString(),
            array.toString(),
            empty.toString(),
            "-",
            "--db",
            db.toString(),
            "--stream-is",
            "s",
            "--type-is",
            "T");

    assertThat(run.err()).isEmpty();
    assertThat(events())
        .extracting(event -> event.data().text().strip())
        .containsExactly(
            "{\"n\":1}",
            "{\"n\":2}",
            "{\"n\":3}",
            "{\"n\":4}",
            "{\"n\":5}",
            "{\"n\":6}",
            "{\"n\":7,   \"t\":\"],[\\\"\"}",
            "{\"n\":8}",
            "{\"n\":[{},9]}",
            "{\"n\":10}");
  }

  @Test
  void what_follows_a_member_of_gzip_and_is_none_ends_the_import() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(member)) {
      out.write(bytes("{\"n\":1}\n"));
    }
    for (byte[] after :
        List.of(
            new byte[1],
            new byte[20],
            new byte[100_000],
            bytes("{\"n\":2}\n"),
            new byte[] {0x1F, (byte) 0x8B, 8})) {
      Files.deleteIfExists(db);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      member.writeTo(whole);
      whole.write(after);
      Files.write(file, whole.toByteArray());

      Run run = importing(file);

      assertThat(run.status()).as("%s bytes after it", after.length).isEqualTo(1);
      assertThat(run.err())
          .contains("line 1, or the one after it: what is compressed by gzip is followed by other")
          .contains("the journal has 1 line before it");
      assertThat(events()).hasSize(1);
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int n = 0; n < 3_000; n++) {
      member.writeTo(many);
    }
    Files.deleteIfExists(db);
    Files.write(file, many.toByteArray());
    assertThat(importing(file).out()).startsWith("imported 3000 events");
  }

  @Test
  void a_file_that_is_cut_or_packed_otherwise_is_named() throws IOException {
    Files.write(file, Arrays.copyOf(Zstd.compress(bytes("{\"n\":1}\n")), 9));
    assertThat(importing(file).err())
        .startsWith("daybook: " + file + ": ")
        .doesNotContain("line 0")
        .contains("nothing was imported");
    for (Map.Entry<String, String> packed :
        Map.of("BZh91AY", "bzip2", "PK\3\4..", "zip", "\375" + "7zXZ\0..", "xz").entrySet()) {
      Files.write(file, packed.getKey().getBytes(StandardCharsets.ISO_8859_1));
      assertThat(importing(file).err())
          .contains(file + " is packed by " + packed.getValue() + "; expected lines, or");
    }
  }

  @Test
  void a_pointer_in_place_of_a_file_says_how_to_give_it() {
    Run run = Run.of("import", "--stream", "/a/b", "/c/d", "--type-is", "T", "--db", db.toString());

    assertThat(run.err())
        .contains("/c/d does not exist; a second JSON Pointer needs its option again");
  }

  @Test
  void a_row_of_csv_may_end_with_a_carriage_return_alone() throws IOException {
    Files.writeString(file, "id,n\ra,1\rb,\"2\r\"\r");

    Run run =
        Run.of(
            "import",
            file.toString(),
            "--csv",
            "--stream",
            "/id",
            "--type-is",
            "T",
            "--db",
            db.toString());

    assertThat(run.out()).startsWith("imported 2 events");
    assertThat(events())
        .extracting(event -> event.data().text())
        .containsExactly("{\"id\":\"a\",\"n\":\"1\"}", "{\"id\":\"b\",\"n\":\"2\\u000d\"}");
  }

  @Test
  void what_is_wrong_in_an_array_is_a_bad_line() throws IOException {
    Path skipped = directory.resolve("bad.ndjson");
    Files.writeString(file, "[{\"n\":1},{\"n\":2 oops},3,{\"n\":4}] more");

    Run run = importing("--stream-is", "s", "--type-is", "T", "--skip-bad", skipped.toString());

    assertThat(run.out()).startsWith("imported 2 events, 0 were there already, 3 bad lines");
    assertThat(skipped).content().isEqualTo("{\"n\":2 oops}\n3\n more\n");
    Files.writeString(file, "[{\"n\":1},{\"n\":2}");
    assertThat(importing("--stream-is", "s", "--type-is", "T", "--id", "cut").err())
        .contains("the array has no end; expected ] (the journal has 1 line before it)");
  }

  @Test
  void rows_of_csv_are_objects_by_the_names_in_the_first_row() throws IOException {
    Path skipped = directory.resolve("bad.ndjson");
    Files.writeString(
        file,
        "\uFEFFid,type,\"a \"\"note\"\"\"\r\n1,T,plain\r\n\r\n2,T,\"two\nlines, \"\"quoted\"\" \\\"\n3,T\n4,T,\"\",more\n5,T,\t\uD83D\uDE80");

    Run run =
        importing("--csv", "--stream", "/id", "--type", "/type", "--skip-bad", skipped.toString());

    assertThat(run.out()).startsWith("imported 3 events, 0 were there already, 2 bad lines");
    assertThat(events())
        .extracting(event -> event.data().text())
        .containsExactly(
            "{\"id\":\"1\",\"type\":\"T\",\"a \\\"note\\\"\":\"plain\"}",
            "{\"id\":\"2\",\"type\":\"T\",\"a \\\"note\\\"\":\"two\\u000alines, \\\"quoted\\\" \\\\\"}",
            "{\"id\":\"5\",\"type\":\"T\",\"a \\\"note\\\"\":\"\\u0009\uD83D\uDE80\"}");
    assertThat(skipped).content().isEqualTo("[\"3\",\"T\"]\n[\"4\",\"T\",\"\",\"more\"]\n");
    assertThat(Files.readString(directory.resolve("bad.ndjson.reasons")))
        .contains(
            "\"line\":5,\"column\":1,\"reason\":\"a JSON object was expected, and this is an array");
    Files.write(
        file, "id;type\n6;M\u00fcller\n7;T\n8;\"T\n9;T".getBytes(StandardCharsets.ISO_8859_1));
    Run other =
        importing(
            "--csv",
            "--separator",
            ";",
            "--stream",
            "/id",
            "--type",
            "/type",
            "--id",
            "other",
            "--skip-bad",
            skipped.toString());
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .contains("a field in quotes has no end (the journal has 1 line before it");
    assertThat(events().get(3).streamId()).isEqualTo("7");
  }

  @Test
  void what_is_in_a_row_that_is_too_long_is_never_taken_for_rows() throws IOException {
    Path skipped = directory.resolve("bad.csv");
    String row = "9,\"T\"\"\"\n";
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,type\n1,T\n2,\"");
      for (int bytes = 0; bytes < 34 << 20; bytes += row.length()) {
        out.write(row.replace("\"", "\"\""));
      }
      out.write("\"\n3,T\n");
    }

    Run run =
        importing("--csv", "--stream", "/id", "--type", "/type", "--skip-bad", skipped.toString());

    assertThat(run.out()).startsWith("imported 2 events, 0 were there already, 1 bad line");
    assertThat(events()).extracting(RecordedEvent::streamId).containsExactly("1", "3");
  }

  @Test
  void standard_input_needs_no_name_and_pipes_are_read() throws Exception {
    Run run =
        Run.withInput(
            "{\"n\":1}\n", "import", "--db", db.toString(), "--stream-is", "s", "--type-is", "T");
    assertThat(run.err()).isEmpty();
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer =
        new ProcessBuilder("sh", "-c", "echo '{\"n\":2}' | gzip > '" + pipe + "'").start();
    file = pipe;

    assertThat(importing("--stream-is", "s", "--type-is", "T").err()).isEmpty();

    assertThat(writer.waitFor()).isZero();
    assertThat(events()).hasSize(2);
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
