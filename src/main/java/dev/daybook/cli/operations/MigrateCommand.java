package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Makes the file or the tables if they are missing, and brings the schema up to date.")
public final class MigrateCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    try (Daybook daybook = store.open()) {
      String version = daybook.schemaVersion();
      store
          .printer()
          .print(
              Map.of("schemaVersion", version),
              "%s has schema version %s".formatted(store.address(), version));
    }
    return 0;
  }
}
