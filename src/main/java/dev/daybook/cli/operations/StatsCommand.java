package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.RawJson;
import dev.daybook.journal.JournalStats;
import dev.daybook.maintenance.StoreTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Prints how much is in the store. Counts rows: takes longer on a larger one.")
public final class StatsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  private record Stats(
      long events,
      long streams,
      long tags,
      long differentTags,
      long firstPosition,
      long lastPosition,
      Optional<Instant> oldest,
      Optional<Instant> newest,
      long snapshots,
      long documents,
      long records,
      RawJson schemaVersion,
      Optional<Long> fileBytes) {}

  @Override
  public Integer call() throws IOException {
    try (Daybook daybook = store.openToRead()) {
      JournalStats journal = daybook.rawJournal().stats();
      StoreTotals totals = daybook.maintenance().totals();
      Path file = store.address().file().orElse(null);
      store
          .printer()
          .printLines(
              new Stats(
                  journal.events(),
                  journal.streams(),
                  totals.tags(),
                  journal.tags(),
                  journal.firstPosition(),
                  journal.lastPosition(),
                  journal.oldest(),
                  journal.newest(),
                  totals.snapshots(),
                  totals.documents(),
                  totals.records(),
                  new RawJson(daybook.schemaVersion()),
                  file == null ? Optional.empty() : Optional.of(Files.size(file))));
    }
    return 0;
  }
}
