package dev.daybook.cli.help;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes commands and options in a shell.",
      "bash and zsh: source <(daybook completion bash)",
      "fish: daybook completion fish | source"
    })
public final class CompletionCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private @Nullable Shell shell;

  /** The shells that there is a script for. */
  enum Shell {
    /** The Bourne Again Shell. */
    bash,
    /** The Z shell, which takes bash's script. */
    zsh,
    /** The friendly interactive shell. */
    fish
  }

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    CommandLine root = command.getParent();
    PrintWriter out = command.getOut();
    out.print(
        shell == Shell.fish
            ? FishCompletion.script(root)
            : AutoComplete.bash(root.getCommandName(), root));
    out.flush();
    return 0;
  }
}
