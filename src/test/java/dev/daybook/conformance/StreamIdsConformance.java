package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Listing stream ids by a literal prefix, whole and page by page, against a plain loop. */
public abstract class StreamIdsConformance extends JournalConformance {

  private static final Comparator<String> BY_CODE_POINT =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  /**
   * Letters, what is special to LIKE, GLOB, SQL and JSON, and code points around the surrogates.
   */
  private static final List<String> CHARACTERS =
      List.of(
          "a",
          "A",
          "b",
          "%",
          "_",
          "\\",
          "'",
          "\"",
          "*",
          "?",
          "[",
          " ",
          "~",
          "\u00A0",
          "\u00E9",
          "\uD7FE",
          "\uD7FF",
          "\uE000",
          "\uFEFF",
          "\uFFFE",
          "\uFFFF",
          "\uD800\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFE",
          "\uDBFF\uDFFF");

  protected StreamIdsConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_empty_journal_has_no_streams() {
    assertThat(streamIds("")).isEmpty();
    assertThat(journal.streamIds("", "", 10)).isEmpty();
  }

  @Test
  void each_stream_is_listed_once_in_the_order_of_code_points() {
    appendMoves("b", 2);
    appendMoves("\uD83D\uDE00", 1);
    appendMoves("\uFFFF", 1);
    appendMoves("a", 1);
    appendMoves("B", 1);
    appendMoves("b", 1);

    assertThat(streamIds("")).containsExactly("B", "a", "b", "\uFFFF", "\uD83D\uDE00");
  }

  @Test
  void a_stream_whose_events_were_all_deleted_is_still_listed() {
    appendMoves("a", 2);
    journal.delete("a", 2);
    journal.raiseHighWaterMark("b", 7);

    assertThat(streamIds("")).containsExactly("a", "b");
  }

  @Test
  void a_prefix_matches_itself_and_nothing_shorter() {
    create(List.of("a", "ab", "abc", "abd", "b"));

    assertThat(streamIds("ab")).containsExactly("ab", "abc", "abd");
    assertThat(streamIds("abc")).containsExactly("abc");
    assertThat(streamIds("abcd")).isEmpty();
    assertThat(streamIds("x")).isEmpty();
  }

  @Test
  void wildcards_and_quotes_are_taken_literally() {
    create(List.of("a%b", "axb", "a_b", "a\\b", "a'b", "a\"b", "a*b", "a", "a%"));

    assertThat(streamIds("a%")).containsExactly("a%", "a%b");
    assertThat(streamIds("a_")).containsExactly("a_b");
    assertThat(streamIds("a\\")).containsExactly("a\\b");
    assertThat(streamIds("a'")).containsExactly("a'b");
    assertThat(streamIds("a\"")).containsExactly("a\"b");
    assertThat(streamIds("a*")).containsExactly("a*b");
    assertThat(streamIds("%")).isEmpty();
    assertThat(streamIds("_")).isEmpty();
  }

  @Test
  void upper_and_lower_case_are_apart() {
    create(List.of("order-1", "Order-1", "ORDER-1", "\u00E9", "\u00C9"));

    assertThat(streamIds("order")).containsExactly("order-1");
    assertThat(streamIds("O")).containsExactly("ORDER-1", "Order-1");
    assertThat(streamIds("\u00C9")).containsExactly("\u00C9");
  }

  @Test
  void a_prefix_that_ends_before_or_behind_the_surrogates_ends_where_it_should() {
    create(List.of("x", "x\uD7FF", "x\uD7FFa", "x\uE000", "x\uFFFFz", "x\uD800\uDC00", "y"));

    assertThat(streamIds("x\uD7FF")).containsExactly("x\uD7FF", "x\uD7FFa");
    assertThat(streamIds("x\uFFFF")).containsExactly("x\uFFFFz");
    assertThat(streamIds("x\uD800\uDC00")).containsExactly("x\uD800\uDC00");
  }

  @Test
  void a_prefix_of_the_last_code_point_ends_with_the_strings_that_begin_with_it() {
    String last = "\uDBFF\uDFFF";
    create(List.of("a" + last, "a" + last + last, "b", last, last + last + "z"));

    assertThat(streamIds("a" + last)).containsExactly("a" + last, "a" + last + last);
    assertThat(streamIds(last)).containsExactly(last, last + last + "z");
    assertThat(streamIds(last + last)).containsExactly(last + last + "z");
    assertThat(journal.streamIds(last, last, 10)).containsExactly(last + last + "z");
  }

  @Test
  void a_page_begins_behind_the_cursor_whether_or_not_that_is_an_id() {
    create(List.of("a1", "a2", "a3", "b1"));

    assertThat(journal.streamIds("a", "", 2)).containsExactly("a1", "a2");
    assertThat(journal.streamIds("a", "a2", 2)).containsExactly("a3");
    assertThat(journal.streamIds("a", "a3", 2)).isEmpty();
    assertThat(journal.streamIds("a", "a1x", 2)).containsExactly("a2", "a3");
    assertThat(journal.streamIds("b", "a3", 2)).as("a cursor before the prefix").hasSize(1);
    assertThat(journal.streamIds("a", "b", 2)).as("a cursor behind the prefix").isEmpty();
    assertThat(journal.streamIds("", "a3", 2)).containsExactly("b1");
    assertThat(journal.streamIds("", "", 0)).isEmpty();
    assertThat(journal.streamIds("", "", Integer.MAX_VALUE)).hasSize(4);
  }

  @Test
  void any_prefix_and_cursor_list_what_a_plain_loop_finds() {
    Random random = new Random(17);
    Set<String> all = new LinkedHashSet<>();
    while (all.size() < 400) {
      all.add(text(1 + random.nextInt(4), random));
    }
    create(all);
    List<String> sorted = all.stream().sorted(BY_CODE_POINT).toList();
    assertThat(streamIds("")).isEqualTo(sorted);

    for (int i = 0; i < 400; i++) {
      String prefix = text(random.nextInt(3), random);
      String after = text(random.nextInt(4), random);
      int limit = random.nextInt(3) == 0 ? 3 : 1_000;
      List<String> matching = sorted.stream().filter(id -> id.startsWith(prefix)).toList();

      assertThat(streamIds(prefix)).as("prefix %s", prefix).isEqualTo(matching);
      assertThat(journal.streamIds(prefix, after, limit))
          .as("prefix %s after %s", prefix, after)
          .isEqualTo(
              matching.stream()
                  .filter(id -> BY_CODE_POINT.compare(id, after) > 0)
                  .limit(limit)
                  .toList());
    }
  }

  @Test
  void pages_behind_the_last_id_list_every_id_once() {
    Random random = new Random(18);
    Set<String> all = new LinkedHashSet<>();
    while (all.size() < 100) {
      all.add("p" + text(1 + random.nextInt(3), random));
    }
    create(all);
    create(List.of("o", "q"));

    List<String> paged = new ArrayList<>();
    List<String> page = journal.streamIds("p", "", 7);
    while (!page.isEmpty()) {
      paged.addAll(page);
      page = journal.streamIds("p", page.get(page.size() - 1), 7);
    }

    assertThat(paged).isEqualTo(all.stream().sorted(BY_CODE_POINT).toList());
  }

  private void create(Collection<String> ids) {
    journal.appendAll(
        ids.stream().map(id -> Append.of(id, ExpectedSeq.noStream(), moved(1))).toList());
  }

  private static String text(int length, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
    }
    return text.toString();
  }
}
