package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = "Deletes snapshots.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SnapshotCommand.Invalidate.class)
final class SnapshotCommand {

  @Command(
      name = "invalidate",
      mixinStandardHelpOptions = true,
      description = "Deletes snapshots, so that the next recovery begins with the events.")
  static final class Invalidate implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One stream or all. */
    static final class Which {
      @Parameters(paramLabel = "STREAM", description = "The stream whose snapshots to delete.")
      private @Nullable String stream;

      @Option(names = "--all", required = true, description = "The snapshots of all streams.")
      private boolean all;
    }

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        SnapshotStore<Object> snapshots = daybook.snapshots(Object.class);
        long deleted =
            which.all
                ? snapshots.invalidateAll()
                : snapshots.invalidate(Objects.requireNonNull(which.stream));
        store
            .printer()
            .print(
                Map.of("deleted", deleted), "deleted " + EventPrinter.count(deleted, "snapshot"));
      }
      return 0;
    }
  }
}
