package dev.daybook.cli.options;

import dev.daybook.cli.output.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
      "A database on a server is --db jdbc:postgresql://HOST:PORT/DATABASE. Its user is --user NAME",
      "or DAYBOOK_USER, the password --password-file FILE, DAYBOOK_PASSWORD or ~/.pgpass: never on",
      "the command line, which other users can read."
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

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
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
