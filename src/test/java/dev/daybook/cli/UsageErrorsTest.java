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
      delimiterString = ">>",
      quoteCharacter = '^',
      value = {
        "evnts --db x.db >> there is no command \"evnts\"; did you mean events? >> daybook",
        "nope --help >> there is no command \"nope\" >> daybook",
        "--help nope >> there is no command \"nope\" >> daybook",
        "stream nope --help >> there is no command \"nope\" >> daybook stream",
        "help nope >> there is no command \"nope\" >> daybook",
        "read a --db x.db --frm 1 >> there is no option --frm; did you mean --from? >> daybook read",
        "read a b --db x.db >> \"b\" is one argument too many >> daybook read",
        "read a --db x.db --last x >> 'x' is not a whole number >> daybook read",
        "streams --db x.db --limit 1.5 >> '1.5' is not a whole number >> daybook streams",
        "read a >> DAYBOOK_DB in the environment is its default >> daybook read",
        "subscriptions reset mails --db x.db >> reset needs --to >> daybook subscriptions",
        "subscriptions pause --db x.db >> pause needs the NAME of a subscription >> daybook subscriptions",
        "events --db x.db --last -1 >> --last: '-1' is not a whole number; expected 0 or more >> daybook events",
        "read a --db x.db --from -1 >> --from: '-1' is not a whole number; expected 0 or more >> daybook read",
        "events --db x.db --after -1 >> --after: '-1' is not >> daybook events",
        "delete a --db x.db --to -1 >> --to: '-1' is not >> daybook delete",
        "checkpoint set a -1 --db x.db >> P: '-1' is not a whole number; expected 0 or more >> daybook checkpoint set",
        "streams --db x.db --limit -1 >> --limit: '-1' is not >> daybook streams",
        "events --db x.db --since yesterday >> 'yesterday' is not a valid time >> daybook events",
        "doctor --db x.db --fix all >> --fix is 'all'; expected positions >> daybook doctor",
        "import x --from actorts --db x.db >> --from is 'actorts'; expected actor-ts, kyneta or eskit >> daybook import",
        "import x --stream /a --type /b --time-unit days --db x.db >> --time-unit is 'days'; expected seconds, millis, micros or nanos >> daybook import",
        "completion tcsh >> SHELL is 'tcsh'; expected bash, zsh or fish >> daybook completion",
        "completion >> SHELL is missing >> daybook completion",
        "backup --db x.db >> TARGET is missing >> daybook backup",
        "append a --type T --meta b --db x.db >> --meta is 'b'; expected K=V >> daybook append",
        "import --from eskit x --column b --db x.db >> --column is 'b'; expected NAME=OTHER >> daybook import",
        "append a --db x.db >> --type T is missing >> daybook append",
        "copy --to x.db >> --from FILE|URL is missing >> daybook copy",
        "copy >> --from FILE|URL and --to FILE|URL are missing >> daybook copy",
        "read a >> --db FILE|URL is missing; DAYBOOK_DB in the environment is its default >> daybook read",
        "import x --db x.db >> --exported, --exact or --stream PTR is missing >> daybook import",
        "import x --db x.db --exported --stream /a >> --exported and --stream exclude each other >> daybook import",
        "snapshot invalidate --db x.db >> STREAM or --all is missing >> daybook snapshot invalidate",
        "import x --db x.db --stream /a --exported >> --stream and --exported exclude each other >> daybook import",
        "import x --db x.db --exported --exact >> --exported and --exact exclude each other >> daybook import",
        "import x --db x.db --csv --exported >> --csv and --exported exclude each other >> daybook import",
        "import x --db x.db --exact --type-is T >> --exact and --type-is exclude each other >> daybook import",
        "import x --db x.db --stream-is=a --type-is T --stream-is=b >> --stream-is is given more than once >> daybook import",
        "import x --db x.db --stream /a --exported --type /b --exact >> --stream and --exported exclude each other >> daybook import",
        "import x --db x.db --exported --exported >> --exported is given more than once >> daybook import",
        "read a --db x.db --last 3 --from 1 >> --last and --from exclude each other >> daybook read",
        "snapshot invalidate a --all --db x.db >> --all and STREAM exclude each other >> daybook snapshot invalidate",
        "dead-letters drop a --all --position 1 --db x.db >> --all and --position exclude each other >> daybook dead-letters drop",
        "events --db x.db --no-data --data-only >> --no-data and --data-only exclude each other >> daybook events",
        "events --foo >> there is no option --foo >> daybook events",
        "append a --foo >> there is no option --foo >> daybook append",
        "copy --foo >> there is no option --foo >> daybook copy",
        "import x --db x.db --stream /a --type +/event >> --type is '+/event'; expected a JSON Pointer such as /order/id, or several joined by + >> daybook import",
        "import x --db x.db --stream /a~2 --type /b >> --stream is '/a~2'; expected >> daybook import",
        "import x --db x.db --stream /a~ --type /b >> --stream is '/a~'; expected >> daybook import",
        "import x --db x.db --stream /a --type /b --data c >> --data is 'c'; expected a JSON Pointer such as /order/id >> daybook import",
        "import x --db x.db --stream /a --type /b --tag p:=c >> --tag is 'p:=c'; expected >> daybook import",
        "import x --db x.db --stream /a --type /b --time t >> --time is 't'; expected >> daybook import",
        "import x --db x.db --stream /a --type /b --key /k~3 >> --key is '/k~3'; expected >> daybook import",
        "import x --db x.db --stream /a --type /b --meta m=x >> --meta is 'm=x'; expected NAME=PTR >> daybook import",
        "import --from actor-ts x --type /a~2 --db x.db >> --type: '/a~2' is not a JSON Pointer; expected one such as /type >> daybook import",
        "events --tag >> --tag has no value; expected --tag T >> daybook events",
        "events --last --json >> --last has no value; expected --last N >> daybook events",
        "events --db x.db --db y.db >> --db is given more than once >> daybook events",
        "events --json=x --db y.db >> --json takes no value >> daybook events",
        "stream >> a command is missing; expected status, archive, restore, tombstone or delete >> daybook stream"
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
