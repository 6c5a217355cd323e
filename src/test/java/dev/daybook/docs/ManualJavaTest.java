package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The pages show the Java that the tests named above the blocks compile and run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualJavaTest {

  @Test
  void every_block_is_in_the_test_that_it_names() throws IOException {
    List<Block> blocks = Block.all("java");
    assertThat(blocks).hasSizeGreaterThan(30);
    List<String> problems = new ArrayList<>();
    for (Block block : blocks) {
      JavaBlocks.problem(block).ifPresent(problems::add);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void a_block_that_differs_is_found() throws IOException {
    String source = "src/test/java/dev/daybook/docs/Account.java";
    String page =
        """
        <!-- example: %s -->
        ```java
        record Opened(String %s) implements Account {}
        ```
        """;
    assertThat(problem(page.formatted(source, "owner"))).isEmpty();
    assertThat(problem(page.formatted(source, "name"))).isPresent();
    assertThat(problem(page.formatted("src/test/java/Missing.java", "owner"))).isPresent();
    assertThat(problem(page.formatted(source, "owner").replace("example", "sample"))).isPresent();
  }

  private static Optional<String> problem(String page) throws IOException {
    return JavaBlocks.problem(Block.of(Path.of("page.md"), page).get(0));
  }
}
