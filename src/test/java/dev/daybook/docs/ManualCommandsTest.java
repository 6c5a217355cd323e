package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the README and the manual, run page by page, from the first to the last. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualCommandsTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void the_commands_of_a_page_run_in_their_order_and_print_what_it_shows(Path page)
      throws IOException {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      PostgresAddress address = PostgresAddress.of(database.url());
      ShellBlocks shell =
          new ShellBlocks(
              directory,
              address.url(),
              Map.of("DAYBOOK_USER", address.user(), "DAYBOOK_PASSWORD", address.password()));
      OtherPrograms.writeFiles(directory);
      String printed = "";
      for (Block block : Block.of(page, Block.page(page))) {
        if (ShellBlocks.isRun(block)) {
          printed = shell.run(block);
        } else if (block.language().equals("text") && !block.isNamedOutput()) {
          assertThat(printed.strip()).as(block.toString()).matches(pattern(block.code()));
        }
      }
    }
  }

  static List<Path> pagesWithCommands() throws IOException {
    return Block.all().stream().filter(ShellBlocks::isRun).map(Block::page).distinct().toList();
  }

  @Test
  void the_commands_that_are_not_run_are_known() throws IOException {
    List<String> problems = new ArrayList<>();
    UnrunCommands unrun = new UnrunCommands();
    List<Block> blocks =
        Block.all("sh").stream().filter(block -> !ShellBlocks.isRun(block)).toList();
    for (Block block : blocks) {
      problems.addAll(unrun.problems(block));
    }
    assertThat(problems).isEmpty();
    assertThat(blocks)
        .extracting(Block::marker)
        .containsExactlyInAnyOrderElementsOf(ShellBlocks.NOT_RUN.keySet());
  }

  @Test
  void what_nobody_knows_is_found() throws IOException {
    List<Block> blocks =
        Block.of(
            Path.of("page.md"),
            """
            ```sh
            mvn -q -Pmissing verify
            java -XX:Missing=1 -jar target/daybook-cli.jar missing
            ```
            """);
    assertThat(new UnrunCommands().problems(blocks.get(0))).hasSize(3);
    ShellBlocks shell = new ShellBlocks(directory, "", Map.of());
    assertThatThrownBy(() -> shell.run(blocks.get(0))).isInstanceOf(AssertionError.class);
  }

  /** What is shown, with … for what differs from run to run. */
  private static Pattern pattern(List<String> shown) {
    return Pattern.compile(
        shown.stream()
            .map(line -> Pattern.quote(line).replace("…", "\\E.*\\Q"))
            .collect(Collectors.joining("\n")));
  }
}
