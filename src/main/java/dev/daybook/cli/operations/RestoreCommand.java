package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.FindingLines;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.MaintenanceException;
import dev.daybook.maintenance.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a backup, and then replaces the file by a copy of it.",
      "`stream restore` brings a stream back."
    })
public final class RestoreCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Parameters(paramLabel = "BACKUP", description = "The backup, which stays as it is.")
  private Path backup = Path.of("");

  @Option(names = "--force", description = "Replace the file if it exists. It must not be in use.")
  private boolean force;

  private record Restored(String restored) {}

  @Override
  public Integer call() throws IOException {
    Path file =
        store.requireFile("a backup replaces a file; pg_restore restores a PostgreSQL database");
    try (Daybook daybook = store.unopened();
        ProgressBar bar = ProgressBar.on(store.terminal())) {
      daybook
          .maintenance()
          .restore(backup, CopyOptions.defaults().withOverwrite(force).withProgress(bar));
    } catch (MaintenanceException e) {
      e.report().ifPresent(this::print);
      throw e;
    }
    store
        .printer()
        .print(new Restored(file.toString()), "restored %s from %s".formatted(file, backup));
    return 0;
  }

  private void print(VerifyReport report) {
    FindingLines lines = new FindingLines(store.printer());
    report.findings().forEach(lines::print);
    lines.flush();
  }
}
