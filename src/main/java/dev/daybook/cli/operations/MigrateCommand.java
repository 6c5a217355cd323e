package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.RawJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the file or the tables if they are missing, and brings the schema up to date.",
      "Beside other stores in one database it makes tables only if --tables names them."
    })
public final class MigrateCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Option(
      names = "--print",
      description = {
        "Print the SQL that would be run, and change nothing: for a database whose tables are made by its administrator.",
        "Prints nothing if the schema is up to date."
      })
  private boolean print;

  private record Migrated(RawJson schemaVersion) {}

  @Override
  public Integer call() throws IOException {
    if (print) {
      return printScript();
    }
    try (Daybook daybook = store.open()) {
      String version = daybook.schemaVersion();
      store
          .printer()
          .print(
              new Migrated(new RawJson(version)),
              "%s has schema version %s".formatted(store.address(), version));
    }
    return 0;
  }

  private int printScript() throws IOException {
    try (Daybook daybook = store.toBeMade()) {
      String script = daybook.maintenance().migrationScript();
      store.terminal().out().print(script);
    }
    return 0;
  }
}
