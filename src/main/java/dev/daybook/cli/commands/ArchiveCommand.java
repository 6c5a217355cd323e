package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.options.NamedStore;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.options.TargetStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private TargetStore to = new TargetStore();

  @Override
  public Integer call() throws IOException {
    NamedStore target = to.store();
    try (Daybook daybook = store.openExistingBeside(target)) {
      KnownStreams.require(daybook, stream);
      try (Daybook archive = store.openOrMake(target)) {
        StreamCommand.printMoved(
            store, daybook.streams().archiveTo(stream, archive.streams()), "archived");
      }
    }
    return 0;
  }
}
