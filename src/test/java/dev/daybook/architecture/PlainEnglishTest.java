package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Javadoc, comments, messages, help and manual use the words of CONTRIBUTING's section "Words" and
 * none of the phrases here. A new phrase is removed everywhere before it is added.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlainEnglishTest {

  private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
  private static final Pattern WORDS = Pattern.compile("(?ms)^## Words$.*?(?=^## |\\z)");

  private static final List<Phrase> PHRASES =
      List.of(
          phrase("whoever|whomever", "the one that does it: the caller, the holder, a reader"),
          phrase("nobody", "what does not happen: no other process writes, it is unknown"),
          phrase("somebody|someone", "the one that does it: another process, another writer"),
          phrase("anybody|anyone|everybody|everyone", "all callers, other users"),
          phrase("he|him|himself|his", "it, the caller"),
          phrase("who to be", "the user"),
          phrase("to how many others", "how many others"),
          phrase(
              "behind (?:this|that|these|those|it|them|the|all|each|which)",
              "after, for later positions; behind is for lagging only"),
          phrase("(?:leaves?|left|stays?) (?:\\w+ )?behind", "keeps, stays, is left running"),
          phrase("(?:goes|go|going|went|gone) on", "continues, runs"),
          phrase("hand(?:s|ed|ing)? (?:it |them )?(?:out|over)", "returns, delivers, passes on"),
          phrase("(?:is|are|be|been|being|was|were) told", "is notified, is called, is reported"),
          phrase("to tell of|tells? of", "notifies of, reports"),
          phrase("hears? (?:of|how|each|what|up)|heard of", "receives, is notified of"),
          phrase("word of (?:commits|new events)", "notification of"),
          phrase("one's own", "custom; the caller's own"),
          phrase("an? \\w+ of (?:its|their|your) own", "its own thread"),
          phrase("(?:its|the library's) own words", "as an exception of the library"),
          phrase("of no use", "can't be used"),
          phrase(
              "how far(?! (?:it|the target) (?:is|\\{@linkplain \\S+ is) behind)",
              "the position, the progress, up to which position"),
          phrase("put(?:s|ting)? (?:\\w+ ){0,2}aside", "park"),
          phrase("in the way|in (?:each|one) other's way|got in its way", "conflicts, locks"),
          phrase("tak(?:es?|ing) notice", "notices"),
          phrase("(?:tak(?:es?|en|ing)|took) back", "roll back"),
          phrase("(?:is|are) gone", "was deleted, has ended, is missing"),
          phrase("stands? (?:in|behind)", "is in, follows"),
          phrase("(?:comes?|came|coming) to", "reaches, leads to"),
          phrase("what is there", "the content, the existing events"),
          phrase("what comes", "new events"),
          phrase(
              "(?<![Tt]here )(?:is|are) no (?!longer\\b|more\\b)\\w+", "is not a valid, is not a"),
          phrase("(?<![Tt]here )(?:is|are) none(?! of)", "is not valid, is missing"),
          phrase("br(?:eaks?|oken?) (?:it |them )?off", "cancel, abort"),
          phrase("under way", "in progress, current"),
          phrase("but a moment", "only briefly"),
          phrase("(?:is|are|be) had", "acquired, opened"),
          phrase("looks? (?:at|again|whether|after)|looked (?:at|after)", "reads, checks"),
          phrase("looking (?:at|after)|last look", "reading, checking, the last check"),
          phrase("heeds?", "does not end, obeys"),
          phrase("for good|for ever", "permanently"),
          phrase("at hand", "available, in the key ring"),
          phrase("go(?:es)? round in a circle", "form a cycle"),
          phrase("where (?:it|each|each failure|a failure) came from", "the stack trace"),
          phrase("for want of", "for lack of"));

  @Test
  void sentences_have_no_private_phrases() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(StringLiteral.SOURCES)) {
      for (Path file : sorted(files, ".java")) {
        found.addAll(inProse(Prose.ofJava(file.toString(), Files.readString(file))));
      }
    }
    for (Path page : List.of(Path.of("README.md"), CONTRIBUTING)) {
      found.addAll(inProse(Prose.ofPage(page.toString(), withoutWords(Files.readString(page)))));
    }
    try (Stream<Path> pages = Files.walk(Path.of("src/docs"))) {
      for (Path page : sorted(pages, ".md")) {
        found.addAll(inProse(Prose.ofPage(page.toString(), Files.readString(page))));
      }
    }

    assertThat(found).as("phrases that a stranger does not understand at once").isEmpty();
  }

  @Test
  void a_phrase_is_found_in_comments_and_strings_wherever_its_lines_break() {
    String source =
        """
        /**
         * The one who
         * goes
         * on, and {@code goesOn("nobody")} too.
         */
        class GoesOn { // Whoever
          // reads.
          char quote = '"';
          String nobody = "the type is no name";
          String fine = "there is no event; it is no longer open";
        }
        """;

    assertThat(inProse(Prose.ofJava("GoesOn.java", source)))
        .containsExactlyInAnyOrder(
            "GoesOn.java:3: \"goes on\"; write: continues, runs",
            "GoesOn.java:4: \"nobody\"; write: what does not happen: no other process writes, it is unknown",
            "GoesOn.java:6: \"Whoever\"; write: the one that does it: the caller, the holder, a reader",
            "GoesOn.java:9: \"is no name\"; write: is not a valid, is not a");
  }

  @Test
  void a_phrase_is_found_on_a_page_outside_its_code_and_its_table_of_words() {
    String page =
        """
        # Events behind
        the mark

        It is

        told. It is
        told.

        ```sh
        echo nobody
        ```

        ## Words

        | whoever | the caller |

        ## Rules

        | a | what is there |
        """;

    assertThat(inProse(Prose.ofPage("page.md", withoutWords(page))))
        .containsExactlyInAnyOrder(
            "page.md:1: \"behind the\"; write: after, for later positions; behind is for lagging only",
            "page.md:6: \"is told\"; write: is notified, is called, is reported",
            "page.md:19: \"what is there\"; write: the content, the existing events");
  }

  private static List<String> inProse(Prose prose) {
    String text = prose.text();
    return PHRASES.stream()
        .flatMap(
            phrase -> phrase.pattern().matcher(text).results().map(it -> at(prose, it, phrase)))
        .toList();
  }

  private static String at(Prose prose, MatchResult found, Phrase phrase) {
    return "%s:%s: \"%s\"; write: %s"
        .formatted(prose.file(), prose.line(found.start()), found.group(), phrase.instead());
  }

  /** The page with empty lines in the place of the section that lists the words not to use. */
  private static String withoutWords(String page) {
    return WORDS.matcher(page).replaceAll(words -> words.group().replaceAll("[^\\n]", ""));
  }

  private static List<Path> sorted(Stream<Path> files, String extension) {
    return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
  }

  private static Phrase phrase(String regex, String instead) {
    return new Phrase(
        Pattern.compile("\\b(?:" + regex + ")(?!\\w)", Pattern.CASE_INSENSITIVE), instead);
  }

  /**
   * What not to write.
   *
   * @param pattern finds it
   * @param instead what to write in its place
   */
  private record Phrase(Pattern pattern, String instead) {}
}
