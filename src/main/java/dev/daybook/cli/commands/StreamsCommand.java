package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.journal.StreamState;
import dev.daybook.stream.StreamStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    description = "Prints the ids of the streams, in order.")
final class StreamsCommand implements Callable<Integer> {

  private static final int PAGE = 1_000;

  @Mixin private Store store = new Store();

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "Only ids that start with P, taken literally.")
  private String prefix = "";

  @Option(names = "--after", paramLabel = "ID", description = "Only ids after this one.")
  private String after = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most N ids.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--counts",
      description =
          "Also print the state, the number of events that are there and the high-water mark of each.")
  private boolean counts;

  private record Row(String stream) {}

  private record CountedRow(String stream, StreamState state, long events, long lastSeq) {}

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    boolean read = true;
    try (Daybook daybook = store.openToRead()) {
      int left = limit;
      String last = after;
      List<String> page;
      do {
        page = daybook.rawJournal().streamIds(prefix, last, Math.min(PAGE, left));
        for (String id : page) {
          read = printer.printRow(counts ? counted(daybook, id) : new Row(id));
          last = id;
        }
        left -= page.size();
      } while (read && page.size() == PAGE && left > 0);
    }
    printer.flush();
    return 0;
  }

  /** Numbers have no holes. */
  private static CountedRow counted(Daybook daybook, String id) {
    StreamStatus status = daybook.streams().status(id);
    return new CountedRow(
        id, status.state(), status.lastSeq() - status.deletedTo(), status.lastSeq());
  }
}
