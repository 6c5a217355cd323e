package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.cli.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The page on the command line has all of its commands and the options that they share. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLinePageTest {

  private static final Path PAGE = Path.of("src/docs/command-line.md");

  private static final Pattern COMMAND = Pattern.compile("^  ([a-z][a-z-]+)  ", Pattern.MULTILINE);

  private static final Pattern OPTION = Pattern.compile("^ .*?(--[a-z-]+)", Pattern.MULTILINE);

  @Test
  void every_command_is_on_the_page() throws IOException {
    String page = Block.page(PAGE);
    List<String> commands = found(COMMAND, Run.of("help").out());
    assertThat(commands).hasSizeGreaterThan(20);
    assertThat(commands)
        .allSatisfy(command -> assertThat(page).containsPattern("\\| `" + command + "[` ]"));
  }

  @Test
  void every_option_that_all_commands_have_is_on_the_page() throws IOException {
    String page = Block.page(PAGE);
    List<String> options = found(OPTION, Run.of("stats", "--help").out());
    assertThat(options).contains("--db", "--json");
    assertThat(options).allSatisfy(option -> assertThat(page).contains("`" + option));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1)).distinct().toList();
  }
}
