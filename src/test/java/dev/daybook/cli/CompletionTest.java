package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that complete commands, run by the shells that they are for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompletionTest {

  private static final String BASH =
      """
      source '%s'
      complete_line() {
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        COMPREPLY=()
        _complete_daybook 2>/dev/null
        echo "${COMPREPLY[@]}"
      }
      complete_line daybook sub
      complete_line daybook stream ar
      complete_line daybook events --si
      complete_line daybook --color a
      complete_line daybook import --from ''
      complete_line daybook import --time-unit m
      complete_line daybook append --expect ''
      complete_line daybook subscriptions --to ''
      complete_line daybook subscriptions re
      complete_line daybook doctor --fix ''
      complete_line daybook completion ''
      complete_line daybook help su
      """;

  @TempDir private Path directory;

  @Test
  void each_script_has_commands_and_their_options() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Run run = Run.of("completion", shell);
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .contains("subscriptions", "dead-letters", "no-wal-checkpoints", "since");
    }
    assertThat(Run.of("completion", "tcsh").status()).isEqualTo(2);
    assertThat(Run.of("completion").status()).isEqualTo(2);
  }

  @Test
  @Tag("system")
  void bash_completes_commands_options_and_values() throws Exception {
    assertThat(lines(BASH.formatted(script("bash")), "bash"))
        .containsExactly(
            "subscriptions",
            "archive",
            "--since",
            "auto always",
            "actor-ts kyneta eskit",
            "millis micros",
            "none exists any",
            "beginning end",
            "resume reset rebuild release",
            "positions",
            "bash zsh fish",
            "subscriptions");
  }

  @Test
  @Tag("system")
  void zsh_completes_with_the_script_of_bash() throws Exception {
    String commands =
        """
        autoload -U +X compinit && compinit -u -D
        autoload -U +X bashcompinit && bashcompinit
        source '%s'
        print -r -- ${_comps[daybook]}
        COMP_WORDS=(daybook sub); COMP_CWORD=1; COMPREPLY=()
        emulate ksh -c _complete_daybook
        print -r -- $COMPREPLY
        """;
    assertThat(lines(commands.formatted(script("zsh")), "zsh", "-f"))
        .last()
        .asString()
        .contains("subscriptions");
  }

  @Test
  @Tag("system")
  void fish_completes_commands_options_and_values() throws Exception {
    String commands =
        """
        source '%s'
        complete -C 'daybook sub' | string split -f1 \\t
        complete -C 'daybook stream ar' | string split -f1 \\t
        complete -C 'daybook events --si' | string split -f1 \\t
        complete -C 'daybook import --from ' | string split -f1 \\t
        complete -C 'daybook append --expect ' | string split -f1 \\t
        complete -C 'daybook subscriptions --to ' | string split -f1 \\t
        complete -C 'daybook help su'
        complete -C 'daybook --color a' | string split -f1 \\t
        """;
    assertThat(lines(commands.formatted(script("fish")), "fish", "--no-config"))
        .containsExactlyInAnyOrder(
            "subscriptions",
            "archive",
            "--since",
            "auto",
            "always",
            "actor-ts",
            "kyneta",
            "eskit",
            "none",
            "exists",
            "any",
            "beginning",
            "end",
            "subscriptions");
  }

  private Path script(String shell) throws Exception {
    return Files.writeString(
        directory.resolve("completion." + shell), Run.of("completion", shell).out());
  }

  private List<String> lines(String commands, String... shell) throws Exception {
    Path file = Files.writeString(directory.resolve("commands"), commands);
    List<String> command = new ArrayList<>(List.of(shell));
    command.add(file.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Await.ended(process);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed.lines().toList();
  }
}
