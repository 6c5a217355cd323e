package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "evnts --db x.db ~ there is no command \"evnts\"; did you mean events? ~ daybook",
        "nope --help ~ there is no command \"nope\" ~ daybook",
        "--help nope ~ there is no command \"nope\" ~ daybook",
        "stream nope --help ~ there is no command \"nope\" ~ daybook stream",
        "help nope ~ there is no command \"nope\" ~ daybook",
        "read a --db x.db --frm 1 ~ there is no option --frm; did you mean --from? ~ daybook read",
        "read a b --db x.db ~ \"b\" is one argument too many ~ daybook read",
        "read a --db x.db --last x ~ 'x' is not a whole number ~ daybook read",
        "streams --db x.db --limit 1.5 ~ '1.5' is not a whole number ~ daybook streams",
        "read a ~ DAYBOOK_DB in the environment is its default ~ daybook read",
        "subscriptions reset mails --db x.db ~ reset needs --to ~ daybook subscriptions",
        "subscriptions pause --db x.db ~ pause needs the NAME of a subscription ~ daybook subscriptions",
        "events --db x.db --last -1 ~ --last: '-1' is not a whole number; expected 0 or more ~ daybook events",
        "read a --db x.db --from -1 ~ --from: '-1' is not a whole number; expected 0 or more ~ daybook read",
        "events --db x.db --after -1 ~ --after: '-1' is not ~ daybook events",
        "delete a --db x.db --to -1 ~ --to: '-1' is not ~ daybook delete",
        "checkpoint set a -1 --db x.db ~ P: '-1' is not a whole number; expected 0 or more ~ daybook checkpoint set",
        "streams --db x.db --limit -1 ~ --limit: '-1' is not ~ daybook streams",
        "events --db x.db --since yesterday ~ 'yesterday' is not a valid time ~ daybook events",
        "doctor --db x.db --fix all ~ --fix is 'all'; expected positions ~ daybook doctor",
        "import x --from actorts --db x.db ~ --from is 'actorts'; expected actor-ts, kyneta or eskit ~ daybook import",
        "import x --stream /a --type /b --time-unit days --db x.db ~ --time-unit is 'days'; expected seconds, millis, micros or nanos ~ daybook import",
        "completion tcsh ~ SHELL is 'tcsh'; expected bash, zsh or fish ~ daybook completion",
        "completion ~ SHELL is missing ~ daybook completion",
        "backup --db x.db ~ TARGET is missing ~ daybook backup",
        "append a --type T --meta b --db x.db ~ --meta is 'b'; expected K=V ~ daybook append",
        "import --from eskit x --column b --db x.db ~ --column is 'b'; expected NAME=OTHER ~ daybook import",
        "append a --db x.db ~ --type T is missing ~ daybook append",
        "copy --to x.db ~ --from FILE|URL is missing ~ daybook copy",
        "copy ~ --from FILE|URL and --to FILE|URL are missing ~ daybook copy",
        "read a ~ --db FILE|URL is missing; DAYBOOK_DB in the environment is its default ~ daybook read",
        "import x --db x.db ~ --exported, --exact or --stream PTR is missing ~ daybook import",
        "import x --db x.db --exported --stream /a ~ --exported and --stream exclude each other ~ daybook import",
        "snapshot invalidate --db x.db ~ STREAM or --all is missing ~ daybook snapshot invalidate",
        "events --tag ~ --tag has no value; expected --tag T ~ daybook events",
        "events --last --json ~ --last has no value; expected --last N ~ daybook events",
        "events --db x.db --db y.db ~ --db is given more than once ~ daybook events",
        "events --json=x --db y.db ~ --json takes no value ~ daybook events",
        "stream ~ a command is missing; expected status, archive, restore, tombstone or delete ~ daybook stream"
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
  void only_the_store_that_a_command_works_on_has_a_default() {
    Map<String, String> environment = Map.of("DAYBOOK_DB", "x.db");

    assertThat(Run.withEnvironment(environment, "copy", "--to", "y.db").err())
        .startsWith("daybook: --from FILE|URL is missing\n");
    assertThat(Run.withEnvironment(environment, "read", "x.db", "a").err())
        .startsWith("daybook: \"a\" is one argument too many; --db FILE names the store\n");
    assertThat(Run.withEnvironment(environment, "x.db", "events").err())
        .startsWith("daybook: there is no command \"x.db\"; --db FILE names the store\n");
  }

  @Test
  void help_of_a_command_below_another_is_printed() {
    assertThat(Run.of("help", "stream", "archive").out())
        .startsWith("Usage: daybook stream archive ")
        .isEqualTo(Run.of("stream", "archive", "--help").out());
  }
}
