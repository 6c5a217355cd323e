package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The pictures are ones that Mermaid draws, as far as their lines say. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualPictureTest {

  private static final String NODE = "\\w+(\\[\"[^\"]+\"]|\\[\\(\"[^\"]+\"\\)])?";

  private static final Pattern EDGE =
      Pattern.compile(NODE + "( (-->|-\\.->)(\\|\"[^\"]+\"\\|)? " + NODE + ")?");

  private static final Pattern GROUP = Pattern.compile("subgraph \\w+\\[\"[^\"]+\"]|end");

  @Test
  void the_readme_has_a_picture() throws IOException {
    List<Block> pictures = Block.all("mermaid");
    assertThat(pictures).extracting(Block::page).contains(Block.README);
    assertThat(pictures).allMatch(ManualPictureTest::isFlowchart);
  }

  static boolean isFlowchart(Block block) {
    List<String> lines = block.code().stream().map(String::strip).toList();
    return !lines.isEmpty()
        && lines.get(0).matches("flowchart (LR|TD)")
        && lines.stream()
            .skip(1)
            .allMatch(line -> EDGE.matcher(line).matches() || GROUP.matcher(line).matches());
  }
}
