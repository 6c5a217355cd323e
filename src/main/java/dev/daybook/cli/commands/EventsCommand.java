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
    description = {
      "Prints events of all streams, in the order of the journal.",
      "A terminal shows the beginning of long data; --json or a pipe has all of it."
    })
final class EventsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EventSelection selection = new EventSelection();

  @Mixin private EventParts parts = new EventParts();

  @Option(names = "--newest-first", description = "The newest event first.")
  private boolean newestFirst;

  @Option(names = "--limit", paramLabel = "N", description = "At most N events.")
  private long limit = EventQuery.UNLIMITED;

  @Option(names = "--last", paramLabel = "N", description = "Only the newest N events, in order.")
  private @Nullable Long last;

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

  private record Count(long events) {}

  private long position;
  private long printed;

  @Override
  public Integer call() throws IOException {
    requireUsable();
    JournalQuery query = selection.query().limit(limit);
    query = newestFirst ? query.newestFirst() : query;
    EventPrinter printer = parts.printer(store);
    position = selection.after();
    try (Daybook daybook = store.openToRead()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      query = last == null ? query : newest(journal, last);
      if (purpose.count) {
        long count = journal.count(query);
        store.printer().print(new Count(count), Long.toString(count));
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
    String problem = null;
    if (purpose.follow && (newestFirst || selection.ends())) {
      problem = "--follow has no end; expected neither --newest-first nor --up-to nor --until";
    } else if (last != null && (newestFirst || limit != EventQuery.UNLIMITED)) {
      problem = "--last is a limit and an order; expected neither --newest-first nor --limit";
    }
    if (problem != null) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
  }

  /** The newest events in the order of the journal. They are read twice, so that none is kept. */
  private JournalQuery newest(Journal<EncodedEvent> journal, long most) {
    long first = Long.MAX_VALUE;
    long newest = 0;
    try (Stream<RecordedEvent<EncodedEvent>> events =
        journal.stream(selection.query().newestFirst().limit(most))) {
      Iterator<RecordedEvent<EncodedEvent>> each = events.iterator();
      while (each.hasNext()) {
        first = each.next().position();
        newest = Math.max(newest, first);
      }
    }
    return newest == 0
        ? selection.query().limit(0)
        : selection.query().after(first - 1).upTo(newest);
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
