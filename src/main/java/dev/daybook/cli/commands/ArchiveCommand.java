package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.options.StoreAddress;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = {
      "Archives a stream and moves its events to another store, which is made if it is missing.",
      "Interrupted, it is finished by running it again.",
      "`stream restore --from` moves it back; `stream archive` archives it where it is."
    })
final class ArchiveCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(paramLabel = "STREAM", description = "The stream's id.")
  private String stream = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = "The SQLite file or the database to move it to.")
  private @Nullable StoreAddress to;

  @Override
  public Integer call() throws IOException {
    StoreAddress target = Objects.requireNonNull(to);
    try (Daybook daybook = store.openExisting(target);
        Daybook archive = store.openOther(target)) {
      StreamCommand.printMoved(
          store, daybook.streams().archiveTo(stream, archive.streams()), "archived");
    }
    return 0;
  }
}
