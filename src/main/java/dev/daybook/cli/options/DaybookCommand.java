package dev.daybook.cli.options;

import dev.daybook.cli.output.Color;
import dev.daybook.cli.output.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "daybook",
    description = {
      "Works on a journal, its snapshots, documents and checkpoints in a SQLite file",
      "or in PostgreSQL."
    },
    mixinStandardHelpOptions = true,
    versionProvider = DaybookCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 refused or failed, 2 wrong usage.",
      "Results go to standard output, messages and progress to standard error.",
      "",
      "A database on a server is --db jdbc:postgresql://HOST:PORT/DATABASE. Its user is --user NAME or DAYBOOK_USER, the password --password-file FILE, DAYBOOK_PASSWORD or ~/.pgpass: never on the command line, which other users can read."
    })
public final class DaybookCommand implements Runnable {

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  public DaybookCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Does nothing: {@link Color#of} has read it before, for the errors of parsing. */
  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      description =
          "Colours: ${COMPLETION-CANDIDATES}. Default: auto, which is on a terminal unless NO_COLOR is set in the environment.")
  void setColor(Color color) {}

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "a command is missing; `daybook help` lists them");
    }
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = DaybookCommand.class.getPackage().getImplementationVersion();
      return new String[] {"daybook " + (version == null ? "(not packaged)" : version)};
    }
  }
}
