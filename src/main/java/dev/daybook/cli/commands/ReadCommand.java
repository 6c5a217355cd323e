package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = "Prints the events of one stream, in order.")
final class ReadCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(paramLabel = "STREAM", description = "The stream's id.")
  private String stream = "";

  @Mixin private EventParts parts = new EventParts();

  @ArgGroup private Range range = new Range();

  /** Either a range or the last events. */
  static final class Range {
    @ArgGroup(exclusive = false)
    private Bounds bounds = new Bounds();

    @Option(names = "--last", paramLabel = "N", description = "Only the last N events.")
    private @Nullable Long last;
  }

  static final class Bounds {
    @Option(names = "--from", paramLabel = "N", description = "The first sequence number to print.")
    private long from = 1;

    @Option(names = "--to", paramLabel = "N", description = "The last sequence number to print.")
    private long to = Long.MAX_VALUE;
  }

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = parts.printer(store);
    try (Daybook daybook = store.openToRead()) {
      KnownStreams.require(daybook, stream);
      Journal<EncodedEvent> journal = daybook.rawJournal();
      try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(query(journal))) {
        Iterator<RecordedEvent<EncodedEvent>> iterator = events.iterator();
        boolean none = !iterator.hasNext();
        while (iterator.hasNext() && printer.print(iterator.next())) {}
        if (none) {
          store.terminal().printError("no such events of stream \"" + stream + "\"");
        }
      }
    }
    printer.flush();
    return 0;
  }

  private StreamQuery query(Journal<EncodedEvent> journal) {
    StreamQuery all = EventQuery.stream(stream);
    Long last = range.last;
    return last == null
        ? all.from(range.bounds.from).to(range.bounds.to)
        : all.from(Math.max(1, journal.highestSeq(stream) - last + 1));
  }
}
