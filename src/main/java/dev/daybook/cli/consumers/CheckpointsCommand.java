package dev.daybook.cli.consumers;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    description = "Prints the position of each consumer.")
public final class CheckpointsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  private record Row(String consumer, long position, Instant time) {}

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead()) {
      for (Checkpoint checkpoint : daybook.checkpoints().list()) {
        printer.printRow(
            new Row(checkpoint.consumer(), checkpoint.position(), checkpoint.updatedAt()));
      }
    }
    printer.flush();
    return 0;
  }
}
