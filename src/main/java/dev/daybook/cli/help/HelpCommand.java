package dev.daybook.cli.help;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a command takes: {@code help stream archive} is {@code stream archive --help}. */
@Command(
    name = "help",
    helpCommand = true,
    description = "Prints the help of a command, or this list.")
public final class HelpCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
  private List<String> names = List.of();

  @Override
  public void run() {
    CommandLine help = Objects.requireNonNull(spec).commandLine();
    CommandLine found = help.getParent();
    for (String name : names) {
      CommandLine next = found.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(help, "there is no command \"%s\"".formatted(name));
      }
      found = next;
    }
    found.usage(help.getOut(), help.getColorScheme());
  }
}
