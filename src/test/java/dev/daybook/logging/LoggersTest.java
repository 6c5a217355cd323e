package dev.daybook.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The names that the library logs under are those that the manual lists. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoggersTest {

  private static final Pattern LOGGER = Pattern.compile("System\\s*\\.getLogger\\(\\s*([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("\"(dev\\.daybook\\.[a-z]+)\"");
  private static final Pattern LISTED = Pattern.compile("\\| `(dev\\.daybook\\.[a-z]+)` \\|");

  @Test
  void every_logger_has_a_name_that_the_manual_lists() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher logger = LOGGER.matcher(Files.readString(file));
        while (logger.find()) {
          Matcher name = NAME.matcher(logger.group(1));
          assertThat(name.matches()).as(file + ": " + logger.group()).isTrue();
          used.add(name.group(1));
        }
      }
    }

    assertThat(used).isNotEmpty().isEqualTo(listed());
  }

  private static Set<String> listed() throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher row = LISTED.matcher(Files.readString(Path.of("src/docs/operations.md")));
    while (row.find()) {
      listed.add(row.group(1));
    }
    return listed;
  }
}
