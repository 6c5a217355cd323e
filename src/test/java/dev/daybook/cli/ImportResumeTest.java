package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.EventQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What continues an import, and what happens to the file of bad lines meanwhile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportResumeTest {

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
  void a_skipped_line_that_was_deleted_from_the_file_is_noticed() throws IOException {
    Files.writeString(file, line(1) + "{oops\n" + line(3));
    assertThat(importing("--skip-bad", skipped.toString()).status()).isEqualTo(3);
    Files.writeString(file, line(1) + line(3) + line(4) + line(5));

    Run run = importing("--skip-bad", skipped.toString(), "--resume");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the first 3 lines are not those that were imported before");
    assertThat(imported()).containsExactly(line(1), line(3));
    assertThat(skipped).content().isEqualTo("{oops\n");
  }

  @Test
  void other_options_are_refused_and_both_are_named() throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(importing().status()).isZero();
    Files.writeString(file, line(1) + line(2) + line(3));
    for (String[] others :
        new String[][] {
          {"--stream", "/kind", "--type", "/kind"},
          {"--stream", "/id", "--type", "/id"},
          {"--stream", "/id", "--type", "/kind", "--tag", "/kind"},
          {"--stream", "/id", "--type", "/kind", "--time", "/at"},
          {"--stream", "/id", "--type", "/kind", "--data", "/n"},
          {"--stream", "/id", "--type", "/kind", "--key", "/n"},
          {"--stream", "/id", "--type", "/kind", "--meta", "n=/n"},
          {"--stream", "/id", "--type", "/kind", "--type-is", "T"},
          {"--exported"},
          {"--exact"}
        }) {
      String[] start = {"import", file.toString(), "--db", db.toString(), "--resume"};
      String[] all = Arrays.copyOf(start, start.length + others.length);
      System.arraycopy(others, 0, all, start.length, others.length);

      Run run = Run.of(all);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .contains(
              "began with --stream /id --type /kind, and would continue with "
                  + String.join(" ", others));
    }
    assertThat(imported()).hasSize(2);
    assertThat(importing("--resume", "--batch", "1").out()).startsWith("imported 1 event, 2 were");
  }

  @Test
  void a_rotated_file_is_noticed_and_a_longer_one_continues() throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(importing().status()).isZero();
    Files.writeString(file, line(3) + line(4) + line(5));

    assertThat(importing().err()).contains("2 lines imported before").contains("--id NAME");
    assertThat(importing("--resume").err()).contains("are not those that were imported before");

    Files.writeString(file, (line(1) + line(2)).replace("\n", "\r\n") + line(3));
    assertThat(importing("--resume").out()).startsWith("imported 1 event, 2 were there already");
    assertThat(imported()).containsExactly(line(1), line(2), line(3));
  }

  @Test
  void a_link_is_another_name_of_its_file_and_another_file_says_that_it_begins()
      throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(importing().status()).isZero();
    Path original = file;
    Files.writeString(file, line(1) + line(2) + line(3));
    file = Files.createSymbolicLink(directory.resolve("link"), original);
    assertThat(importing("--resume").out()).startsWith("imported 1 event, 2 were there already");

    file = Files.copy(original, directory.resolve("copy"));
    Run run = importing("--resume");
    assertThat(run.err())
        .isEqualTo(
            "daybook: nothing was imported before as \"%s\"; this begins with the first line\n"
                .formatted(file.toRealPath()));
    assertThat(run.out()).startsWith("imported 3 events, 0 were there already");
  }

  @Test
  void bad_lines_go_where_a_link_leads_and_replace_nothing_but_files() throws IOException {
    Files.writeString(file, line(1) + "{oops\n");
    Path target = Files.writeString(directory.resolve("target"), "before");
    Files.createSymbolicLink(skipped, target);
    assertThat(importing("--skip-bad", skipped.toString()).status()).isEqualTo(3);
    assertThat(skipped).isSymbolicLink();
    assertThat(target).content().isEqualTo("{oops\n");
    assertThat(directory.resolve("target.reasons")).exists();

    Files.delete(db);
    for (String name : List.of("directory", "reasons", "dangling")) {
      Path other = directory.resolve(name);
      Path refused = other;
      switch (name) {
        case "directory" -> Files.createDirectory(other);
        case "reasons" -> refused = Files.createDirectory(directory.resolve("reasons.reasons"));
        default -> Files.createSymbolicLink(other, directory.resolve("nothing"));
      }
      Run run = importing("--skip-bad", other.toString());
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("daybook: " + refused + " is ");
      assertThat(db).doesNotExist();
    }
  }

  @Test
  void a_file_that_was_moved_continues_under_its_id() throws IOException {
    Files.writeString(file, line(1) + line(2));
    assertThat(importing("--id", "log").status()).isZero();
    file = Files.writeString(directory.resolve("moved.ndjson"), line(1) + line(2) + line(3));

    assertThat(importing("--id", "log", "--resume").out())
        .startsWith("imported 1 event, 2 were there already");
  }

  @Test
  void a_refused_run_leaves_the_file_of_bad_lines_as_it_is() throws IOException {
    Files.writeString(file, line(1) + "{oops\n");
    assertThat(importing("--skip-bad", skipped.toString()).status()).isEqualTo(3);
    String reasons = Files.readString(directory.resolve("bad.ndjson.reasons"));

    Run again = importing("--skip-bad", skipped.toString());
    db = directory;
    Run noDatabase = importing("--skip-bad", skipped.toString());

    assertThat(again.status()).isEqualTo(1);
    assertThat(noDatabase.status()).isEqualTo(1);
    assertThat(skipped).content().isEqualTo("{oops\n");
    assertThat(directory.resolve("bad.ndjson.reasons")).content().isEqualTo(reasons);
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void an_older_file_of_bad_lines_stays_until_the_import_is_done() throws IOException {
    Files.writeString(skipped, "of another import\n");
    byte[] whole = compressed("{oops\n" + line(2));
    Files.write(file, Arrays.copyOf(whole, whole.length - 8));

    Run failed = importing("--skip-bad", skipped.toString());

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains(file + ": line 2, or the one after it: ");
    assertThat(skipped).content().isEqualTo("of another import\n");
    assertThat(directory.resolve("bad.ndjson.part")).content().isEqualTo("{oops\n");
    assertThat(imported()).containsExactly(line(2));
    Files.write(file, whole);
    assertThat(importing("--skip-bad", skipped.toString(), "--resume").out())
        .startsWith("imported 0 events, 1 was there already, 1 bad line");
    assertThat(skipped).content().isEqualTo("{oops\n");
  }

  @Test
  void the_part_of_another_import_is_not_overwritten() throws IOException {
    Files.writeString(directory.resolve("bad.ndjson.part"), "{of another import\n");
    Files.writeString(file, "{oops\n" + line(2));

    Run run = importing("--skip-bad", skipped.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("bad.ndjson.part has the bad lines of an interrupted import");
    assertThat(imported()).isEmpty();
    assertThat(importing("--skip-bad", skipped.toString(), "--resume").status()).isEqualTo(3);
    assertThat(skipped).content().isEqualTo("{oops\n");
  }

  @Test
  void bad_lines_that_were_mended_are_imported_from_their_file() throws IOException {
    Files.writeString(file, line(1) + line(2).replace("}", "") + line(3));
    assertThat(importing("--skip-bad", skipped.toString()).status()).isEqualTo(3);
    Files.writeString(skipped, Files.readString(skipped).replace("\n", "}\n"));
    file = skipped;

    assertThat(importing().out()).startsWith("imported 1 event, 0 were there already, 0 bad");
    assertThat(imported()).containsExactly(line(1), line(3), line(2));
  }

  @Test
  void an_import_that_is_interrupted_says_how_it_continues() throws Exception {
    int lines = Scale.of(20_000, 50_000);
    Files.writeString(file, lines(lines));
    Process process =
        Run.start(
            directory,
            "64m",
            "import",
            file.toString(),
            "--db",
            db.toString(),
            "--stream",
            "/id",
            "--type",
            "/kind",
            "--batch",
            "20");
    try (Daybook daybook = Daybook.open(db)) {
      Await.until(() -> !process.isAlive() || daybook.rawJournal().latestPosition() >= 1_000);
    }
    // Like Ctrl-C, which a process in the background ignores.
    process.destroy();

    Await.ended(process);
    assertThat(Files.readString(directory.resolve("err")))
        .startsWith("daybook: interrupted; ")
        .contains("the same command with --resume continues after them");
    assertThat(importing("--resume").status()).isZero();
    assertThat(imported().size()).isEqualTo(lines);
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(ImportResumeTest::line)
        .collect(Collectors.joining());
  }

  private List<String> imported() {
    try (Daybook daybook = Daybook.open(db)) {
      return daybook.rawJournal().read(EventQuery.all()).stream()
          .map(event -> event.data().text() + "\n")
          .toList();
    }
  }

  private Run importing(String... more) {
    String[] args = {
      "import", file.toString(), "--db", db.toString(), "--stream", "/id", "--type", "/kind"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Run.of(all);
  }

  private static String line(int n) {
    return "{\"id\":\"cart-%s\",\"kind\":\"T\",\"n\":%s}\n".formatted(n % 10, n);
  }
}
