package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Consent;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes the oldest events of a stream. The numbers of new events continue as if they were there.",
      "`stream delete` deletes a whole stream permanently."
    })
final class DeleteCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(paramLabel = "STREAM", description = "The stream's id.")
  private String stream = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "N",
      description = "The last sequence number to delete.")
  private long to;

  @Mixin private Consent consent = new Consent();

  private record Deleted(long deleted) {}

  @Override
  public Integer call() throws IOException {
    try (Daybook daybook = store.openExisting()) {
      KnownStreams.require(daybook, stream);
      Journal<EncodedEvent> journal = daybook.rawJournal();
      String plan =
          "delete %s of stream \"%s\""
              .formatted(
                  ResultPrinter.count(journal.count(EventQuery.stream(stream).to(to)), "event"),
                  stream);
      if (consent.isGiven(store, plan)) {
        long deleted = journal.delete(stream, to);
        store
            .printer()
            .print(
                new Deleted(deleted),
                "deleted %s of stream \"%s\"; its high-water mark is %s"
                    .formatted(
                        ResultPrinter.count(deleted, "event"), stream, journal.highestSeq(stream)));
      }
    }
    return 0;
  }
}
