package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the space of deleted rows in the file back to the disk.",
      "Takes as much space once more until it is done. Others can read meanwhile, and can't write."
    })
public final class CompactCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  private record Compacted(long freedBytes) {}

  @Override
  public Integer call() throws IOException {
    Path file = store.requireFile("a server has its own way, which is `vacuum`");
    long freed;
    try (Daybook daybook = store.openToMend()) {
      freed = daybook.maintenance().compact();
    }
    store
        .printer()
        .print(
            new Compacted(freed),
            String.format(Locale.ROOT, "%s is %,d bytes smaller", file, freed));
    return 0;
  }
}
