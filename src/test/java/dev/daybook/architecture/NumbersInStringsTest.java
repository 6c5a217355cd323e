package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Numbers have the same digits in every locale: {@code %s} writes them so, and {@code %d} or {@code
 * %f} only if a locale is named.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NumbersInStringsTest {

  private static final Pattern BY_LOCALE =
      Pattern.compile("(?<!%)(?:%%)*%[-#+ 0,(]*\\d*(?:\\.\\d+)?[dfeEgGaAtT]");
  private static final Pattern NAMED = Pattern.compile("String\\.format\\(\\s*Locale\\.ROOT,\\s*$");

  @Test
  void no_number_is_written_by_the_default_locale() throws IOException {
    assertThat(StringLiteral.inSources().stream().filter(NumbersInStringsTest::writesByLocale))
        .as("format strings that write a number with the digits of the default locale")
        .isEmpty();
  }

  @Test
  void the_search_finds_what_a_locale_changes_and_nothing_else() {
    String source =
        """
        "limit %d".formatted(1); "%,.2f s %s".formatted(2.0, ""); "100 %%done %s U+%04X";
        String.format(
            Locale.ROOT, "%d");
        """;

    assertThat(StringLiteral.in("X.java", source).filter(NumbersInStringsTest::writesByLocale))
        .extracting(StringLiteral::text)
        .containsExactly("limit %d", "%,.2f s %s");
  }

  private static boolean writesByLocale(StringLiteral literal) {
    return BY_LOCALE.matcher(literal.text()).find() && !NAMED.matcher(literal.before()).find();
  }
}
