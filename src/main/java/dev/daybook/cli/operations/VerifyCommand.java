package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.FindingLines;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.error.OpenException;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks everything in the file and prints each finding with its stream.",
      "Exit status 1 if there is one. Encrypted payloads are counted, not decrypted."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Override
  public Integer call() throws IOException {
    FindingLines lines = new FindingLines(store.printer());
    VerifyReport report;
    try (Daybook daybook = store.openAsItIs();
        ProgressBar bar = ProgressBar.on(store.terminal())) {
      report =
          daybook
              .maintenance()
              .verify(VerifyOptions.defaults().withFindings(lines::print).withProgress(bar));
    } catch (OpenException e) {
      throw e.reason() == OpenException.Reason.OLDER_SCHEMA ? store.withRemedy(e) : e;
    }
    lines.print(report);
    lines.flush();
    return report.isHealthy() ? 0 : 1;
  }
}
