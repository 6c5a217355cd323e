package dev.daybook.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion script for fish, which is made from the commands and their options. */
final class FishCompletion {

  /**
   * {@code in} succeeds below the command that its arguments name, {@code at} where the next word
   * is a command below it. Words that are not options name the command.
   */
  private static final String FUNCTIONS =
      """
      function __daybook_path
          set -l words (commandline -opc)
          for word in $words[2..-1]
              string match -q -- '-*' $word; or echo $word
          end
      end
      function __daybook_in
          set -l path (__daybook_path)
          for i in (seq (count $argv))
              test "$path[$i]" = "$argv[$i]"; or return 1
          end
      end
      function __daybook_at
          set -l path (__daybook_path)
          test (count $path) -eq (count $argv); and __daybook_in $argv
      end
      """;

  private final StringBuilder script = new StringBuilder(FUNCTIONS);
  private final String name;

  private FishCompletion(String name) {
    this.name = name;
  }

  static String script(CommandLine root) {
    FishCompletion completion = new FishCompletion(root.getCommandName());
    completion.add(root.getCommandSpec(), List.of());
    return completion.script.toString();
  }

  private void add(CommandSpec command, List<String> path) {
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        add(option, path);
      }
    }
    for (PositionalParamSpec argument : command.positionalParameters()) {
      if (argument.completionCandidates() != null) {
        line("__daybook_in", path, values(argument));
      }
    }
    for (Map.Entry<String, CommandLine> each : command.subcommands().entrySet()) {
      CommandSpec subcommand = each.getValue().getCommandSpec();
      line(
          "__daybook_at",
          path,
          "-f -a "
              + each.getKey()
              + " -d "
              + quoted(firstLine(subcommand.usageMessage().description())));
      List<String> below = new ArrayList<>(path);
      below.add(each.getKey());
      add(subcommand, below);
    }
  }

  private void add(OptionSpec option, List<String> path) {
    StringBuilder arguments = new StringBuilder();
    for (String each : option.names()) {
      arguments.append(each.startsWith("--") ? "-l " : "-s ").append(each.replaceFirst("^-+", ""));
      arguments.append(' ');
    }
    if (option.arity().max() > 0) {
      arguments.append(values(option)).append(' ');
    }
    line("__daybook_in", path, arguments + "-d " + quoted(firstLine(option.description())));
  }

  /** The values that an option or an argument takes: one of a few, or a file or something else. */
  private static String values(ArgSpec argument) {
    if (argument.completionCandidates() == null) {
      return "-r";
    }
    return "-x -a " + quoted(String.join(" ", argument.completionCandidates()));
  }

  private void line(String condition, List<String> path, String rest) {
    String when = path.isEmpty() ? condition : condition + " " + String.join(" ", path);
    script.append("complete -c %s -n %s %s\n".formatted(name, quoted(when), rest));
  }

  private static String firstLine(String... description) {
    return description.length == 0 ? "" : description[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
