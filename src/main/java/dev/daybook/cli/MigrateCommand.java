package dev.daybook.cli;

import dev.daybook.Daybook;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Makes the file if it is missing, and brings its schema up to date.")
final class MigrateCommand implements Callable<Integer> {

  @Mixin private @Nullable Store store;

  @Override
  public Integer call() {
    Store given = Objects.requireNonNull(store);
    try (Daybook daybook = given.open()) {
      String version = daybook.schemaVersion();
      given
          .printer()
          .print(
              Map.of("schemaVersion", version),
              "%s has schema version %s".formatted(given.file(), version));
    }
    return 0;
  }
}
