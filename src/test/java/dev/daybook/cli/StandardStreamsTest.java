package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command's standard input and output, as a shell gives them to its process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StandardStreamsTest {

  @TempDir private Path directory;
  private String db;

  @BeforeEach
  void nameTheDatabase() {
    db = directory.resolve("journal.db").toString();
  }

  @Test
  void an_event_comes_out_of_a_pipe() throws Exception {
    Run run = append("{\"note\":\"M\u00fcller\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Run.of("events", "--db", db, "--json").out()).contains("M\u00fcller");
  }

  @Test
  void input_that_is_no_text_is_refused() throws Exception {
    Run run = append("{\"note\":\"M\u00fcller\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("line 1, column 11: it is not UTF-8: it has the bytes FC");
  }

  @Test
  void output_that_can_not_be_written_is_a_failure() throws Exception {
    assertThat(Run.of("append", "a", "{}", "--type", "T", "--db", db).status()).isZero();
    Files.createSymbolicLink(directory.resolve("out"), Path.of("/dev/full"));

    Process process = Run.start(directory, "64m", "events", "--db", db, "--json");

    Await.ended(process);
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(directory.resolve("err")).content().contains("the output can't be written");
  }

  private Run append(byte[] input) throws Exception {
    Process process = Run.start(directory, "64m", "append", "a", "--type", "T", "--db", db);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    return Run.finish(directory, process);
  }
}
