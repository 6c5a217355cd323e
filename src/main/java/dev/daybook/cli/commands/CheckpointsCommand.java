package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    description = "Prints the position of each consumer.")
final class CheckpointsCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    try (Daybook daybook = store.openToRead()) {
      for (Checkpoint checkpoint : daybook.checkpoints().list()) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("consumer", checkpoint.consumer());
        values.put("position", checkpoint.position());
        values.put("time", checkpoint.updatedAt().toString());
        printer.print(
            values,
            "%s  %s  %s"
                .formatted(checkpoint.consumer(), checkpoint.position(), checkpoint.updatedAt()));
      }
    }
    printer.flush();
    return 0;
  }
}
