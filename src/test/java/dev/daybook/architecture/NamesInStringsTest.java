package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Named;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Tables and columns are named by the generated classes alone, so that the compiler finds every use
 * of one that is renamed.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesInStringsTest {

  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "daybook");

  /** A string, or what a quotation mark may stand in without beginning one. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\])+'|\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\])*)\"",
          Pattern.DOTALL);

  /** In front of the word for an argument, which a message is going to name. */
  private static final Pattern CHECK = Pattern.compile("(require\\w+|Filters\\.names)\\([^;{}]*$");

  @Test
  void no_source_file_names_a_table_or_a_column_in_a_string() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> !file.startsWith(SOURCES.resolve("cli")))
                  .flatMap(file -> namesIn(file, text(file))))
          .as("string literals that are the name of a table or a column")
          .isEmpty();
    }
  }

  @Test
  void the_search_finds_a_name_in_a_string_and_nowhere_else() {
    String source =
        """
        /* "streams" */ // "events"
        char c = '"'; String a = "stream_id", b = "with \\\" events_tags", d = "EVENTS";
        Limits.requireName("tag", tag);
        """;

    assertThat(namesIn(Path.of("X.java"), source))
        .containsExactly("X.java: stream_id", "X.java: EVENTS");
  }

  private static Stream<String> namesIn(Path file, String source) {
    List<String> names = names();
    return TOKEN
        .matcher(source)
        .results()
        .filter(token -> !CHECK.matcher(source.substring(0, token.start())).find())
        .flatMap(NamesInStringsTest::literal)
        .filter(literal -> names.stream().anyMatch(literal::equalsIgnoreCase))
        .map(literal -> file.getFileName() + ": " + literal);
  }

  private static Stream<String> literal(MatchResult token) {
    return Stream.of(1, 2).map(token::group).filter(group -> group != null);
  }

  private static List<String> names() {
    return Schema.tables().stream()
        .flatMap(table -> Stream.concat(Stream.of(table), Stream.of(table.fields())))
        .map(Named::getName)
        .distinct()
        .collect(Collectors.toList());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
