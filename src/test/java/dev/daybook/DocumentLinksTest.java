package dev.daybook;

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

/** What the README, the manual and CONTRIBUTING point to in this repository is there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentLinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]: (\\S+)$", Pattern.MULTILINE);

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

  private static String target(MatchResult link) {
    return link.group(1) == null ? link.group(2) : link.group(1);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""));
        Stream<Path> source = Files.walk(Path.of("src"))) {
      List<Path> all =
          Stream.concat(top, source).filter(path -> path.toString().endsWith(".md")).toList();
      assertThat(all).contains(Path.of("README.md"), Path.of("CONTRIBUTING.md"));
      return all;
    }
  }
}
