package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, run from the first to the last. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeCommandsTest {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path directory;

  @Test
  void the_commands_run_in_the_order_in_which_they_are_shown() throws IOException {
    List<String> commands = new ArrayList<>(block("<!-- commands -->"));
    assertThat(commands.remove(0)).startsWith("alias daybook=");
    commands.addAll(block("<!-- maintenance -->"));
    commands.addAll(block("<!-- moving -->"));

    assertThat(commands).hasSizeGreaterThan(20);
    for (String command : commands) {
      run(command);
    }
  }

  private void run(String command) throws IOException {
    List<String> words = words(command);
    int into = words.indexOf(">");
    List<String> args = words.subList(1, into < 0 ? words.size() : into);
    String printed = String.join(" ", args) + "\n";
    if (words.get(0).equals("daybook")) {
      Run run = Run.of(args.toArray(String[]::new));
      assertThat(run.status()).as(command + ": " + run.err()).isZero();
      printed = run.out();
    } else {
      assertThat(words.get(0)).isEqualTo("echo");
    }
    if (into >= 0) {
      Files.writeString(Path.of(words.get(into + 1)), printed);
    }
  }

  /** A command's words without its comment, with files in a directory of the test's own. */
  private List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.replaceFirst(" +# .*", ""));
    while (matcher.find()) {
      String quoted = matcher.group(1);
      String word = quoted == null ? matcher.group() : quoted;
      words.add(word.matches("\\w+\\.(db|ndjson)") ? directory.resolve(word).toString() : word);
    }
    return words;
  }

  private static List<String> block(String marker) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```sh\n", readme.indexOf(marker));
    return readme.substring(start, readme.indexOf("```\n", start + 5)).lines().skip(1).toList();
  }
}
