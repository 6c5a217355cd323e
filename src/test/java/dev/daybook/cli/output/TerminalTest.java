package dev.daybook.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TerminalTest {

  @TempDir private Path directory;

  @Test
  void what_is_wrong_with_a_file_is_said_beside_its_name() {
    String file = directory.resolve("file").toString();
    String deep = directory.resolve("missing/file").toString();

    assertThat(told(new NoSuchFileException(file))).isEqualTo(file + " does not exist");
    assertThat(told(new NoSuchFileException("file"))).isEqualTo("file does not exist");
    assertThat(told(new NoSuchFileException(deep)))
        .isEqualTo(deep + ": its directory does not exist");
    assertThat(told(new AccessDeniedException(file))).isEqualTo(file + ": access is denied");
    assertThat(told(new FileAlreadyExistsException(file))).isEqualTo(file + " exists already");
    assertThat(told(new NotDirectoryException(file))).isEqualTo(file + " is not a directory");
  }

  @Test
  void a_failure_of_another_kind_is_named() {
    assertThat(told(new DirectoryNotEmptyException("a")))
        .isEqualTo("java.nio.file.DirectoryNotEmptyException: a");
  }

  @Test
  void what_a_failure_says_of_a_file_itself_is_kept() {
    assertThat(told(new FileSystemException("a", null, "Disk quota exceeded")))
        .isEqualTo("a: Disk quota exceeded");
    assertThat(told(new NoSuchFileException("a", null, "it was moved")))
        .isEqualTo("a: it was moved");
    assertThat(told(new NoSuchFileException("a", "b", null))).isEqualTo("a -> b");
    assertThat(told(new NoSuchFileException(null))).isEqualTo("java.nio.file.NoSuchFileException");
  }

  private static String told(Exception failure) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Map.of());
    terminal.fail(failure, false);
    String line = err.toString(StandardCharsets.UTF_8);
    assertThat(line).startsWith("daybook: ").endsWith("\n").hasLineCount(1);
    return line.substring("daybook: ".length(), line.length() - 1);
  }
}
