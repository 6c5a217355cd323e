package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long the README and the manual are, and how one comes from page to page. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualStructureTest {

  /** Lists nothing but pitfalls. */
  private static final Path TROUBLES = Block.MANUAL.resolve("troubleshooting.md");

  private static final int MOST_WORDS = 1_500;
  private static final int LEAST_PAGES = 14;
  private static final int WIDTH = 120;

  @Test
  void the_readme_is_short() throws IOException {
    assertThat(Block.page(Block.README).strip().split("\\s+")).hasSizeLessThanOrEqualTo(MOST_WORDS);
  }

  @Test
  void the_readme_links_to_the_index() throws IOException {
    assertThat(Block.page(Block.README)).contains("](src/docs/README.md)");
  }

  @Test
  void the_manual_has_enough_pages() throws IOException {
    assertThat(pages()).hasSizeGreaterThanOrEqualTo(LEAST_PAGES);
  }

  @Test
  void every_page_is_linked_from_the_index_and_from_the_readme() throws IOException {
    String index = Block.page(Block.INDEX);
    String readme = Block.page(Block.README);
    for (Path page : pages()) {
      assertThat(index).contains("](" + page.getFileName() + ")");
      assertThat(readme).contains("](src/docs/" + page.getFileName() + ")");
    }
  }

  @Test
  void every_page_begins_with_its_title_and_a_link_to_the_index() throws IOException {
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      assertThat(lines.get(0)).as(page.toString()).startsWith("# ");
      assertThat(lines.get(2)).as(page.toString()).startsWith("[Manual](README.md)");
    }
  }

  @Test
  void every_page_ends_with_pitfalls() throws IOException {
    for (Path page : pages()) {
      if (!page.equals(TROUBLES)) {
        assertThat(Block.page(page)).as(page.toString()).contains("\n## Pitfalls\n");
      }
    }
  }

  @Test
  void no_line_is_too_long() throws IOException {
    List<String> tooLong = new ArrayList<>();
    List<Path> pages = new ArrayList<>(Block.manual());
    pages.add(Block.README);
    for (Path page : pages) {
      List<String> lines = Files.readAllLines(page);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > WIDTH) {
          tooLong.add(page + ":" + (i + 1));
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    return Block.manual().stream().filter(page -> !page.equals(Block.INDEX)).toList();
  }
}
