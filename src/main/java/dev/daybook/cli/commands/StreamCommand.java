package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.NamedStore;
import dev.daybook.cli.options.OriginStore;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.journal.StreamState;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamStatus;
import dev.daybook.stream.Streams;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "Shows and changes the state of a stream.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StreamCommand.ShowStatus.class,
      StreamCommand.Archive.class,
      StreamCommand.Restore.class,
      StreamCommand.Tombstone.class,
      StreamCommand.Delete.class
    })
final class StreamCommand {

  private record Status(
      String stream,
      StreamState state,
      long lastSeq,
      long deletedTo,
      boolean moved,
      Optional<String> reason,
      Optional<Instant> changedAt) {}

  private record Moved(String stream, long lastSeq, long events, String contentHash) {}

  private record Deleted(long deleted) {}

  /** Prints where a stream is now. */
  private static void printStatus(Store store, StreamStatus status) {
    store
        .printer()
        .print(
            new Status(
                status.streamId(),
                status.state(),
                status.lastSeq(),
                status.deletedTo(),
                status.moved(),
                status.reason(),
                status.changedAt()),
            "stream \"%s\" is %s%s%s%s%s"
                .formatted(
                    status.streamId(),
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.changedAt().map(at -> " since " + at).orElse(""),
                    status.reason().map(reason -> ": " + reason).orElse(""),
                    status.moved() ? ", and its events were moved to another store" : "",
                    status.lastSeq() == 0 ? "" : "; its high-water mark is " + status.lastSeq()));
  }

  static void printMoved(Store store, MovedStream moved, String how) {
    store
        .printer()
        .print(
            new Moved(moved.streamId(), moved.lastSeq(), moved.events(), moved.contentHash()),
            "%s %s of stream \"%s\", SHA-256 %s"
                .formatted(
                    how,
                    ResultPrinter.count(moved.events(), "event"),
                    moved.streamId(),
                    moved.contentHash()));
  }

  /** What to do with a stream. */
  private interface Change {
    void apply(Streams streams, String streamId);
  }

  private static int change(Store store, String streamId, Change change) throws IOException {
    try (Daybook daybook = store.openExisting()) {
      KnownStreams.require(daybook, streamId);
      change.apply(daybook.streams(), streamId);
      printStatus(store, daybook.streams().status(streamId));
    }
    return 0;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says whether a stream is active, archived, tombstoned or deleted.")
  static final class ShowStatus implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "STREAM", description = "The stream's id.")
    private String stream = "";

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openToRead()) {
        printStatus(store, KnownStreams.require(daybook, stream));
      }
      return 0;
    }
  }

  @Command(
      name = "archive",
      mixinStandardHelpOptions = true,
      description = "Archives a stream where it is: it can be read, and takes no appends.")
  static final class Archive implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "STREAM", description = "The stream's id.")
    private String stream = "";

    @Override
    public Integer call() throws IOException {
      return change(store, stream, Streams::archive);
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description =
          "Makes an archived or tombstoned stream active again; with --from moves it back first.")
  static final class Restore implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "STREAM", description = "The stream's id.")
    private String stream = "";

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable OriginStore from;

    @Override
    public Integer call() throws IOException {
      if (from == null) {
        return change(store, stream, Streams::restore);
      }
      NamedStore origin = from.store();
      try (Daybook daybook = store.openExistingBeside(origin);
          Daybook archive = store.openExisting(origin)) {
        printMoved(store, daybook.streams().restoreFrom(stream, archive.streams()), "restored");
      }
      return 0;
    }
  }

  @Command(
      name = "tombstone",
      mixinStandardHelpOptions = true,
      description = "Refuses appends to a stream and reads of it, until it is restored.")
  static final class Tombstone implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "STREAM", description = "The stream's id.")
    private String stream = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "The reason, for the message of each refusal.")
    private @Nullable String reason;

    @Override
    public Integer call() throws IOException {
      String why = reason;
      return change(
          store,
          stream,
          (streams, id) -> {
            if (why == null) {
              streams.tombstone(id);
            } else {
              streams.tombstone(id, why);
            }
          });
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description =
          "Deletes a stream permanently: its events, tags and snapshots. Its name can't be used again.")
  static final class Delete implements Callable<Integer> {

    @Mixin private Store store = new Store();

    @Parameters(paramLabel = "STREAM", description = "The stream's id.")
    private String stream = "";

    @Mixin private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException {
      try (Daybook daybook = store.openExisting()) {
        StreamStatus status = KnownStreams.require(daybook, stream);
        if (status.state() == StreamState.DELETED) {
          // Refuses it, and says since when.
          long ignored = daybook.streams().delete(stream);
        }
        String plan =
            "permanently delete stream \"%s\" with all events up to number %s"
                .formatted(stream, status.lastSeq());
        if (consent.isGiven(store, plan)) {
          long deleted = daybook.streams().delete(stream);
          store
              .printer()
              .print(
                  new Deleted(deleted),
                  "deleted stream \"%s\", which had %s"
                      .formatted(stream, ResultPrinter.count(deleted, "event")));
        }
      }
      return 0;
    }
  }
}
