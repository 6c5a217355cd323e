package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the README, the manual and CONTRIBUTING point to in this repository is there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentLinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]: (\\S+)$", Pattern.MULTILINE);

  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  private static final Pattern REFERENCE = Pattern.compile("\\[(`\\w+`)\\](?![(:])");

  @Test
  void every_link_to_a_file_leads_to_one() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(DocumentLinksTest::target)
          .filter(target -> !target.contains("://") && !target.startsWith("#"))
          .map(target -> target.replaceFirst("#.*", ""))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> broken.add(document + ": " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_name_in_brackets_has_a_link() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      REFERENCE
          .matcher(text)
          .results()
          .map(name -> name.group(1))
          .distinct()
          .filter(name -> !text.contains("\n[" + name + "]: "))
          .forEach(name -> missing.add(document + ": " + name));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_link_to_a_heading_leads_to_one() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(DocumentLinksTest::target)
          .filter(target -> !target.contains("://") && target.matches("([^#]*\\.md)?#.*"))
          .filter(target -> !anchors(document, target).contains(target.replaceFirst(".*#", "")))
          .forEach(target -> broken.add(document + ": " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void a_heading_is_known_by_its_words() {
    assertThat(anchor("Who holds readers back?")).isEqualTo("who-holds-readers-back");
    assertThat(anchor("The outermost transaction must be jOOQ's"))
        .isEqualTo("the-outermost-transaction-must-be-jooqs");
    assertThat(anchor("`daybook` on PostgreSQL & Co.")).isEqualTo("daybook-on-postgresql--co");
  }

  /** The anchors of the document that a link leads to. */
  private static List<String> anchors(Path document, String target) {
    String file = target.replaceFirst("#.*", "");
    Path to = file.isEmpty() ? document : document.resolveSibling(file);
    try {
      return Files.exists(to)
          ? HEADING.matcher(Files.readString(to)).results().map(it -> anchor(it.group(1))).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is made of a heading where these pages are shown. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static String target(MatchResult link) {
    return link.group(1) == null ? link.group(2) : link.group(1);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""));
        Stream<Path> source = Files.walk(Path.of("src"))) {
      List<Path> all =
          Stream.concat(top, source).filter(path -> path.toString().endsWith(".md")).toList();
      assertThat(all)
          .contains(
              Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("src/docs/README.md"));
      return all;
    }
  }
}
