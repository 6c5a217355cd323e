package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.maintenance.CopyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies a SQLite database into one file, while others continue to write it.")
public final class BackupCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(paramLabel = "TARGET", description = "The file to write.")
  private Path target = Path.of("");

  @Option(names = "--force", description = "Replace TARGET if it exists.")
  private boolean force;

  private record Copied(String backup, long bytes) {}

  @Override
  public Integer call() throws IOException {
    Path file = store.requireFile("a backup copies a file; pg_dump copies a PostgreSQL database");
    try (Daybook daybook = store.openAsItIs();
        ProgressBar bar = ProgressBar.on(store.terminal())) {
      daybook
          .maintenance()
          .backup(target, CopyOptions.defaults().withOverwrite(force).withProgress(bar));
    }
    long bytes = Files.size(target);
    store
        .printer()
        .print(
            new Copied(target.toString(), bytes),
            String.format(Locale.ROOT, "copied %s to %s, %,d bytes", file, target, bytes));
    return 0;
  }
}
