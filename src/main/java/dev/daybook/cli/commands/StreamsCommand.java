package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead()) {
      int left = limit;
      String last = after;
      List<String> page;
      do {
        page = daybook.rawJournal().streamIds(prefix, last, Math.min(PAGE, left));
        for (String id : page) {
          printer.print(Map.of("stream", id), id);
          last = id;
        }
        left -= page.size();
      } while (page.size() == PAGE && left > 0);
    }
    printer.flush();
    return 0;
  }
}
