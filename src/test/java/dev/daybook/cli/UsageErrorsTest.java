package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage is one line that says what is wrong, and one that points at the help. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UsageErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "evnts --db x.db|there is no command \"evnts\"; did you mean events?|daybook",
        "nope --help|there is no command \"nope\"|daybook",
        "--help nope|there is no command \"nope\"|daybook",
        "stream nope --help|there is no command \"nope\"|daybook stream",
        "help nope|there is no command \"nope\"|daybook",
        "read a --db x.db --frm 1|there is no option --frm; did you mean --from?|daybook read",
        "read a b --db x.db|\"b\" is one argument too many|daybook read",
        "read a --db x.db --last x|'x' is not a whole number|daybook read",
        "streams --db x.db --limit 1.5|'1.5' is not a whole number|daybook streams",
        "read a|DAYBOOK_DB in the environment is its default|daybook read",
        "subscriptions reset mails --db x.db|reset needs --to|daybook subscriptions",
        "subscriptions pause --db x.db|pause needs the NAME of a subscription|daybook subscriptions",
        "events --db x.db --last -1|--last is -1; expected 0 or more|daybook events",
        "events --db x.db --since yesterday|'yesterday' is not a valid time|daybook events",
        "doctor --db x.db --fix all|expected one of [positions]|daybook doctor"
      })
  void it_is_two_lines(String line, String problem, String command) {
    Run run = Run.of(line.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("daybook: ")
        .contains(problem)
        .endsWith("\n`" + command + " --help` shows what it takes\n")
        .hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stream", "doc"})
  void a_missing_command_is_wrong_usage(String line) {
    Run run = line.isEmpty() ? Run.of() : Run.of(line);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(2).contains("command");
  }

  @Test
  void help_of_a_command_below_another_is_printed() {
    assertThat(Run.of("help", "stream", "archive").out())
        .startsWith("Usage: daybook stream archive ")
        .isEqualTo(Run.of("stream", "archive", "--help").out());
  }
}
