package dev.daybook.cli;

import dev.daybook.Daybook;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Makes the file if it is missing, and brings its schema up to date.")
final class MigrateCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() {
    try (Daybook daybook = store.open()) {
      String version = daybook.schemaVersion();
      store
          .printer()
          .print(
              Map.of("schemaVersion", version),
              "%s has schema version %s".formatted(store.file(), version));
    }
    return 0;
  }
}
