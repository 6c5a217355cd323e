package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** No block of code in the README, the manual or CONTRIBUTING is without a test. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockCoverageTest {

  @Test
  void every_block_with_a_language_has_a_test() throws IOException {
    List<Block> blocks = Block.all();
    assertThat(blocks).hasSizeGreaterThan(60);
    assertThat(BlockCoverage.untested(blocks)).isEmpty();
  }

  @Test
  void blocks_without_a_test_are_found() throws IOException {
    List<Block> blocks =
        Block.of(
            Path.of("page.md"),
            """
            ```
            Anything, without a language.
            ```
            ```sh
            daybook stats --db shop.db
            ```
            ```text
            Follows what is run.
            ```
            ```text
            Follows what is not run.
            ```
            <!-- output: nobody-asks -->
            ```text
            Is compared by no test.
            ```
            ```java
            int n = 1;
            ```
            <!-- unknown -->
            ```sh
            make
            ```
            ```sql
            select 1
            ```
            ```xml
            <parent/>
            ```
            ```mermaid
            nothing
            ```
            ```kotlin
            val n = 1
            ```
            """);
    assertThat(blocks).hasSize(11);
    assertThat(BlockCoverage.untested(blocks)).isEqualTo(blocks.subList(3, 11));
  }
}
