package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      @SuppressWarnings("UnusedVariable") // The one that is not STREAM.
      private boolean all;
    }

    @Mixin private Consent consent = new Consent();

    private record Deleted(long deleted) {}

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        String stream = which.stream;
        SnapshotStore<Object> snapshots = daybook.snapshots(Object.class);
        long found = count(snapshots, stream);
        if (stream != null && found == 0) {
          KnownStreams.require(daybook, stream);
        }
        String plan =
            "delete %s of %s"
                .formatted(
                    ResultPrinter.count(found, "snapshot"),
                    stream == null ? "all streams" : "stream \"" + stream + "\"");
        if (consent.isGiven(store, plan)) {
          long deleted = stream == null ? snapshots.invalidateAll() : snapshots.invalidate(stream);
          store
              .printer()
              .print(new Deleted(deleted), "deleted " + ResultPrinter.count(deleted, "snapshot"));
        }
      }
      return 0;
    }

    private static long count(SnapshotStore<Object> snapshots, @Nullable String stream) {
      try (Stream<SnapshotInfo> infos =
          stream == null ? snapshots.listAll() : snapshots.list(stream)) {
        return infos.count();
      }
    }
  }
}
