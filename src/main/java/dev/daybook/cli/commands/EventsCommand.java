package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Prints events of all streams, in the order of the journal.")
final class EventsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EventSelection selection = new EventSelection();

  @Option(names = "--newest-first", description = "The newest event first.")
  private boolean newestFirst;

  @Option(names = "--limit", paramLabel = "N", description = "At most N events.")
  private long limit = EventQuery.UNLIMITED;

  @ArgGroup private Purpose purpose = new Purpose();

  /** What is done besides printing the events, or in its place. */
  static final class Purpose {
    @Option(names = "--count", description = "Prints how many events there are, and no event.")
    private boolean count;

    @Option(
        names = "--follow",
        description =
            "Continues with events as they are appended, also by other processes, until interrupted.")
    private boolean follow;
  }

  private long position;
  private long printed;

  @Override
  public Integer call() throws IOException {
    requireUsable();
    JournalQuery query = selection.query().limit(limit);
    query = newestFirst ? query.newestFirst() : query;
    EventPrinter printer = store.printer();
    position = selection.after();
    try (Daybook daybook = store.openToRead()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      if (purpose.count) {
        long count = journal.count(query);
        printer.print(Map.of("events", count), Long.toString(count));
        return 0;
      }
      boolean readers = print(journal, query, printer);
      if (purpose.follow && readers && printed < limit) {
        follow(daybook, selection.filters().after(position), printer);
      }
    }
    return 0;
  }

  private void requireUsable() {
    if (purpose.follow && (newestFirst || selection.ends())) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--follow has no end; expected neither --newest-first nor --up-to");
    }
  }

  private void follow(Daybook daybook, JournalQuery query, EventPrinter printer) {
    try (Stream<RecordedEvent<EncodedEvent>> events =
        daybook.queries(daybook.rawJournal()).liveEvents(query).stream()) {
      Iterator<RecordedEvent<EncodedEvent>> iterator = events.iterator();
      boolean readers = true;
      while (readers && printed < limit && iterator.hasNext()) {
        readers = printer.print(iterator.next()) && printer.flush();
        printed++;
      }
    }
  }

  /** Prints what the query finds; returns whether the output is still read. */
  private boolean print(Journal<EncodedEvent> journal, JournalQuery query, EventPrinter printer) {
    long latest = journal.latestPosition();
    boolean readers = true;
    try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(query)) {
      Iterator<RecordedEvent<EncodedEvent>> iterator = events.iterator();
      while (readers && iterator.hasNext()) {
        RecordedEvent<EncodedEvent> event = iterator.next();
        readers = printer.print(event);
        position = event.position();
        printed++;
      }
    }
    // Events before the end of the query that did not pass its filters need not be read again.
    position = Math.max(position, latest);
    return printer.flush() && readers;
  }
}
