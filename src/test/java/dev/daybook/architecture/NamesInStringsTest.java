package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
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

  private static final List<String> NAMES =
      Schema.tables().stream()
          .flatMap(table -> Stream.concat(Stream.of(table), Stream.of(table.fields())))
          .map(Named::getName)
          .distinct()
          .toList();

  /** In front of the word for an argument, which a message is going to name. */
  private static final Pattern CHECK =
      Pattern.compile("(require\\w+|Filters\\.\\w*[nN]ames)\\([^;{}]*$");

  @Test
  void no_source_file_names_a_table_or_a_column_in_a_string() throws IOException {
    assertThat(
            StringLiteral.inSources().stream()
                .filter(literal -> !literal.file().startsWith("cli"))
                // Tags of meters.
                .filter(literal -> !literal.file().startsWith("micrometer"))
                .filter(NamesInStringsTest::isName))
        .as("string literals that are the name of a table or a column")
        .isEmpty();
  }

  @Test
  void the_search_finds_a_name_in_a_string_and_nowhere_else() {
    String source =
        """
        /* "streams" */ // "events"
        char c = '"'; String a = "stream_id", b = "with \\\" events_tags", d = "EVENTS";
        InputRules.requireName("tag", tag);
        """;

    assertThat(StringLiteral.in("X.java", source).filter(NamesInStringsTest::isName))
        .extracting(StringLiteral::text)
        .containsExactly("stream_id", "EVENTS");
  }

  private static boolean isName(StringLiteral literal) {
    return NAMES.stream().anyMatch(literal.text()::equalsIgnoreCase)
        && !CHECK.matcher(literal.before()).find();
  }
}
