package dev.daybook.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrefixRangeTest {

  private static final String LAST = "\uDBFF\uDFFF";
  private static final Comparator<String> BY_CODE_POINT =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  @Test
  void the_range_of_a_prefix_ends_at_the_next_code_point_in_its_last_place() {
    assertThat(PrefixRange.end("a")).contains("b");
    assertThat(PrefixRange.end("ab")).contains("ac");
    assertThat(PrefixRange.end("a%")).contains("a&");
    assertThat(PrefixRange.end("a_")).contains("a`");
    assertThat(PrefixRange.end("\uFFFF")).contains("\uD800\uDC00");
    assertThat(PrefixRange.end("\uD83D\uDE00")).contains("\uD83D\uDE01");
  }

  @Test
  void the_surrogates_which_are_no_code_points_of_text_are_skipped() {
    assertThat(PrefixRange.end("x\uD7FE")).contains("x\uD7FF");
    assertThat(PrefixRange.end("x\uD7FF")).contains("x\uE000");
  }

  @Test
  void behind_the_last_code_point_the_place_before_it_counts_up() {
    assertThat(PrefixRange.end("a" + LAST)).contains("b");
    assertThat(PrefixRange.end("ab" + LAST + LAST)).contains("ac");
    assertThat(PrefixRange.end("\uD7FF" + LAST)).contains("\uE000");
  }

  @Test
  void nothing_is_behind_all_strings_with_an_empty_prefix_or_one_of_last_code_points() {
    assertThat(PrefixRange.end("")).isEmpty();
    assertThat(PrefixRange.end(LAST)).isEmpty();
    assertThat(PrefixRange.end(LAST + LAST)).isEmpty();
  }

  @Test
  void comparing_any_two_characters_follows_their_code_points() {
    List<String> texts =
        IntStream.of(
                0x20, 0x25, 0x41, 0x61, 0xD7FE, 0xD7FF, 0xE000, 0xFEFF, 0xFFFE, 0xFFFF, 0x10000,
                0x103FF, 0x10400, 0x1F600, 0x10FFFE, 0x10FFFF)
            .mapToObj(Character::toString)
            .flatMap(text -> List.of(text, "x" + text, text + "x", "").stream())
            .toList();

    for (String left : texts) {
      for (String right : texts) {
        assertThat(Integer.signum(PrefixRange.compare(left, right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(BY_CODE_POINT.compare(left, right)));
      }
    }
  }

  @Test
  void every_string_with_a_prefix_is_in_its_range_and_no_other_is() {
    List<String> texts =
        List.of(
            "a",
            "aa",
            "a" + LAST,
            "a" + LAST + "z",
            "ab",
            "b",
            "A",
            "\uD7FF",
            "\uD7FFz",
            "\uD7FF" + LAST,
            "\uE000",
            "\uFFFF",
            "\uFFFFa",
            "\uD800\uDC00",
            LAST,
            LAST + LAST);

    for (String prefix : texts) {
      for (String text : texts) {
        boolean inRange =
            PrefixRange.compare(text, prefix) >= 0
                && PrefixRange.end(prefix)
                    .map(end -> PrefixRange.compare(text, end) < 0)
                    .orElse(true);
        assertThat(inRange).as("%s in %s", text, prefix).isEqualTo(text.startsWith(prefix));
      }
    }
  }
}
