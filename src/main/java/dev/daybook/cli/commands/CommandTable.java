package dev.daybook.cli.commands;

import dev.daybook.cli.consumers.CheckpointCommand;
import dev.daybook.cli.consumers.CheckpointsCommand;
import dev.daybook.cli.consumers.DeadLettersCommand;
import dev.daybook.cli.consumers.SubscriptionsCommand;
import dev.daybook.cli.demo.DemoCommand;
import dev.daybook.cli.help.CompletionCommand;
import dev.daybook.cli.help.HelpCommand;
import dev.daybook.cli.importing.ImportCommand;
import dev.daybook.cli.importing.foreign.ForeignImportCommand;
import dev.daybook.cli.operations.BackupCommand;
import dev.daybook.cli.operations.CompactCommand;
import dev.daybook.cli.operations.CopyCommand;
import dev.daybook.cli.operations.DoctorCommand;
import dev.daybook.cli.operations.MigrateCommand;
import dev.daybook.cli.operations.RestoreCommand;
import dev.daybook.cli.operations.StatsCommand;
import dev.daybook.cli.operations.VerifyCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands. The class of a command, and all that it needs, is loaded only if the command is
 * named: otherwise loading them would take most of the time of the help or the version.
 */
public final class CommandTable {

  private static final String COMPLETION = "completion";

  /** Of each the line that the list shows. */
  static final Map<String, String> SUMMARIES = summaries();

  private CommandTable() {}

  /** Gives the command line all commands: whole if an argument names them, else for the list. */
  public static void addTo(CommandLine commandLine, String... args) {
    List<String> given = List.of(args);
    boolean any = given.contains(COMPLETION);
    for (Map.Entry<String, String> each : SUMMARIES.entrySet()) {
      String name = each.getKey();
      commandLine.addSubcommand(
          name, any || given.contains(name) ? command(name, given) : listed(name, each.getValue()));
    }
    commandLine.addSubcommand(new HelpCommand());
    if (any) {
      complete(commandLine);
    }
  }

  /** Adds what a shell can complete, and what a single run has no need for. */
  private static void complete(CommandLine commandLine) {
    Map<String, CommandLine> commands = commandLine.getSubcommands();
    CommandSpec importing = Objects.requireNonNull(commands.get("import")).getCommandSpec();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new ForeignImportCommand()).options()) {
      if (importing.findOption(option.longestName()) == null) {
        importing.addOption(OptionSpec.builder(option).required(false).build());
      }
    }
    CommandSpec help = Objects.requireNonNull(commands.get("help")).getCommandSpec();
    PositionalParamSpec named = help.positionalParameters().get(0);
    help.remove(named);
    help.addPositional(
        PositionalParamSpec.builder(named).completionCandidates(SUMMARIES.keySet()).build());
  }

  /** Whether arguments may name a command that works with a store. */
  public static boolean mayBeNamed(String... args) {
    return !Collections.disjoint(SUMMARIES.keySet(), List.of(args));
  }

  private static CommandSpec listed(String name, String summary) {
    CommandSpec listed = CommandSpec.create().name(name);
    listed.usageMessage().description(summary);
    return listed;
  }

  private static Object command(String name, List<String> args) {
    return switch (name) {
      case "migrate" -> new MigrateCommand();
      case "append" -> new AppendCommand();
      case "import" ->
          ForeignImportCommand.isMeantBy(args) ? new ForeignImportCommand() : new ImportCommand();
      case "read" -> new ReadCommand();
      case "events" -> new EventsCommand();
      case "types" -> new CountedNames.Types();
      case "tags" -> new CountedNames.Tags();
      case "streams" -> new StreamsCommand();
      case "stream" -> new StreamCommand();
      case "archive" -> new ArchiveCommand();
      case "delete" -> new DeleteCommand();
      case "stats" -> new StatsCommand();
      case "snapshots" -> new SnapshotsCommand();
      case "snapshot" -> new SnapshotCommand();
      case "docs" -> new DocsCommand();
      case "doc" -> new DocCommand();
      case "checkpoints" -> new CheckpointsCommand();
      case "checkpoint" -> new CheckpointCommand();
      case "subscriptions" -> new SubscriptionsCommand();
      case "dead-letters" -> new DeadLettersCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "compact" -> new CompactCommand();
      case "verify" -> new VerifyCommand();
      case "doctor" -> new DoctorCommand();
      case "copy" -> new CopyCommand();
      case "completion" -> new CompletionCommand();
      case "demo" -> new DemoCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Map<String, String> summaries() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "migrate",
        "Makes the file or the tables if they are missing, and brings the schema up to date.");
    all.put("append", "Appends one event to a stream and prints it as it was recorded.");
    all.put(
        "import",
        "Appends each line of an NDJSON file as an event: the line is its data, or the printed event.");
    all.put("read", "Prints the events of one stream, in order.");
    all.put("events", "Prints events of all streams, in the order of the journal.");
    all.put("types", "Prints the types of events, and how many events there are of each.");
    all.put("tags", "Prints the tags of events, and how many events have each.");
    all.put("streams", "Prints the ids of the streams, in order.");
    all.put("stream", "Shows and changes the state of a stream.");
    all.put(
        "archive",
        "Archives a stream and moves its events to another store, which is made if it is missing.");
    all.put(
        "delete",
        "Deletes the oldest events of a stream. The numbers of new events continue as if they were there.");
    all.put("stats", "Prints how much is in the store. Counts rows: takes longer on a larger one.");
    all.put("snapshots", "Lists the snapshots of one stream, the newest first, or of all streams.");
    all.put("snapshot", "Deletes snapshots.");
    all.put("docs", "Prints the ids of the documents, in order.");
    all.put("doc", "Works on one document.");
    all.put("checkpoints", "Prints the position of each consumer.");
    all.put("checkpoint", "Moves or deletes a checkpoint.");
    all.put(
        "subscriptions",
        "Prints the position of each subscription, how far it is behind, and which process runs it.");
    all.put("dead-letters", "Shows the dead letters of subscriptions, and retries or drops them.");
    all.put("backup", "Copies a SQLite database into one file, while others continue to write it.");
    all.put("restore", "Checks a backup, and then replaces the file by a copy of it.");
    all.put("compact", "Gives the space of deleted rows in the file back to the disk.");
    all.put("verify", "Checks everything in the file and prints each finding with its stream.");
    all.put(
        "doctor",
        "Prints up to which position readers get events, and which transactions hold them back.");
    all.put(
        "copy", "Copies a whole store to another one, and compares both by counts and SHA-256.");
    all.put("completion", "Prints a script that completes commands and options in a shell.");
    all.put(
        "demo",
        "Imports a sample of orders into a new file, appends, recovers one order, queries by tag, and prints the SQL it used.");
    return all;
  }
}
