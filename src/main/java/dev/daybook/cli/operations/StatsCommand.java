package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.journal.JournalStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Prints how much is in the journal. Counts rows: takes longer on a larger one.")
public final class StatsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    try (Daybook daybook = store.openToRead()) {
      JournalStats stats = daybook.rawJournal().stats();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("events", stats.events());
      values.put("streams", stats.streams());
      values.put("tags", stats.tags());
      values.put("firstPosition", stats.firstPosition());
      values.put("lastPosition", stats.lastPosition());
      stats.oldest().map(Instant::toString).ifPresent(time -> values.put("oldest", time));
      stats.newest().map(Instant::toString).ifPresent(time -> values.put("newest", time));
      values.put("schemaVersion", daybook.schemaVersion());
      Path file = store.address().file().orElse(null);
      if (file != null) {
        values.put("fileBytes", Files.size(file));
      }
      String lines =
          values.entrySet().stream()
              .map(value -> "%-14s %s".formatted(value.getKey(), value.getValue()))
              .collect(Collectors.joining(System.lineSeparator()));
      store.printer().print(values, lines);
    }
    return 0;
  }
}
