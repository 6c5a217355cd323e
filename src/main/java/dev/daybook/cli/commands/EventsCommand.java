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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Prints events of all streams, in the order of the journal.")
final class EventsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Option(names = "--after", paramLabel = "P", description = "Only events behind position P.")
  private long after;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "Only events with this tag; with each of them, if given more than once.")
  private String[] allOf = {};

  @Option(
      names = "--any-tag",
      paramLabel = "T",
      description = "Only events with at least one of these tags.")
  private String[] anyOf = {};

  @Option(names = "--not-tag", paramLabel = "T", description = "No event with one of these tags.")
  private String[] noneOf = {};

  @Option(names = "--type", paramLabel = "T", description = "Only events of one of these types.")
  private String[] types = {};

  @Option(
      names = "--in-streams",
      paramLabel = "PREFIX",
      description = "Only events of streams whose id starts with this.")
  private String streams = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most N events.")
  private long limit = EventQuery.UNLIMITED;

  @Option(
      names = "--follow",
      description =
          "Go on with events as they are appended, also by other processes, until interrupted.")
  private boolean follow;

  private long position;
  private long printed;

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    JournalQuery query = filters().after(after).limit(limit);
    position = after;
    try (Daybook daybook = store.openToRead()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      boolean readers = print(journal, query, printer);
      if (follow && readers && printed < limit) {
        follow(daybook, filters().after(position), printer);
      }
    }
    return 0;
  }

  private JournalQuery filters() {
    JournalQuery query = EventQuery.all().taggedNoneOf(noneOf).inStreams(streams);
    query = types.length == 0 ? query : query.ofTypes(types);
    query = allOf.length == 0 ? query : query.taggedAllOf(allOf);
    return anyOf.length == 0 ? query : query.taggedAnyOf(anyOf);
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

  /** Prints what the query finds; says whether anybody still reads it. */
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
    // What was there before the query and did not pass its filters need not be looked at again.
    position = Math.max(position, latest);
    return printer.flush() && readers;
  }
}
