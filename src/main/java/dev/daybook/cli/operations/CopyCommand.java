package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.CommonOptions;
import dev.daybook.cli.options.NamedStore;
import dev.daybook.cli.options.OriginStore;
import dev.daybook.cli.options.TargetStore;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a whole store to another one, and compares both by counts and SHA-256.",
      "The source is only read and may be written meanwhile. The target must be empty, or begun by an earlier run: interrupted anywhere, the copy continues when it is run again.",
      "Nothing else may use the target until it is complete. After that another run brings it up to date, as long as nothing in it has changed."
    },
    footer = {
      "",
      "Exit status: 0 the target has all that the source has, 1 refused, failed or not the same, 2 wrong usage, 3 the source was written until the end: stop its writers, and run it again."
    })
public final class CopyCommand implements Callable<Integer> {

  private static final int MISMATCH = 1;
  private static final int BEHIND = 3;

  @Mixin private OriginStore from = new OriginStore();

  @Mixin private TargetStore to = new TargetStore();

  @Mixin private CommonOptions options = new CommonOptions();

  private record Difference(Mismatch.Kind mismatch, String id, long sourceRows, long targetRows) {}

  private record Copied(
      boolean complete,
      long copiedEvents,
      long position,
      long eventsBehind,
      long rowsBehind,
      long mismatches,
      Optional<Long> streams,
      Optional<Long> events,
      Optional<Long> tags,
      Optional<Long> snapshots,
      Optional<Long> documents,
      Optional<Long> records,
      Optional<Long> checkpoints,
      Optional<Long> deadLetters,
      Optional<Long> loads,
      Optional<String> hash) {}

  @Override
  public Integer call() throws IOException {
    NamedStore here = from.store();
    NamedStore there = to.store();
    options.requireTwoStores(here, there);
    TransferReport report;
    try (Daybook source = options.openToRead(here);
        Daybook target = options.openOrMake(there);
        ProgressBar bar = ProgressBar.on(options.terminal())) {
      report = source.copyTo(target, TransferOptions.defaults().withProgress(bar::draw));
    }
    return print(report);
  }

  private int print(TransferReport report) {
    ResultPrinter printer = options.printer();
    report.mismatches().forEach(mismatch -> print(printer, mismatch));
    printer.print(values(report), line(report));
    printer.flush();
    if (report.mismatchCount() > 0) {
      options
          .terminal()
          .err()
          .println(
              "daybook: %s not the same in the target; has something else written to it?"
                  .formatted(
                      report.mismatchCount() == 1
                          ? "1 thing is"
                          : report.mismatchCount() + " things are"));
      return MISMATCH;
    }
    if (report.isBehind()) {
      options
          .terminal()
          .err()
          .println(
              "daybook: the target is %s and %s behind; stop all writers of the source, and run the same command again: it continues from here"
                  .formatted(
                      ResultPrinter.count(report.eventsBehind(), "event"),
                      ResultPrinter.count(report.rowsBehind(), "other row")));
      return BEHIND;
    }
    return 0;
  }

  private static void print(ResultPrinter printer, Mismatch mismatch) {
    printer.print(
        new Difference(
            mismatch.kind(), mismatch.id(), mismatch.sourceRows(), mismatch.targetRows()),
        "%s \"%s\": %s in the source, %s in the target%s"
            .formatted(
                mismatch.kind().name().toLowerCase(Locale.ROOT),
                mismatch.id(),
                ResultPrinter.count(mismatch.sourceRows(), "row"),
                ResultPrinter.count(mismatch.targetRows(), "row"),
                mismatch.sourceRows() == mismatch.targetRows() ? ", which differ" : ""));
  }

  private static Copied values(TransferReport report) {
    Optional<StoreContent> content = report.content();
    return new Copied(
        report.isComplete(),
        report.copiedEvents(),
        report.position(),
        report.eventsBehind(),
        report.rowsBehind(),
        report.mismatchCount(),
        content.map(StoreContent::streams),
        content.map(StoreContent::events),
        content.map(StoreContent::tags),
        content.map(StoreContent::snapshots),
        content.map(StoreContent::documents),
        content.map(StoreContent::records),
        content.map(StoreContent::checkpoints),
        content.map(StoreContent::deadLetters),
        content.map(StoreContent::loads),
        content.map(StoreContent::hash));
  }

  private static String line(TransferReport report) {
    String copied =
        "copied %s up to position %s"
            .formatted(ResultPrinter.count(report.copiedEvents(), "event"), report.position());
    return report
        .content()
        .map(content -> copied + "; the target has " + line(content))
        .orElse(copied);
  }

  private static String line(StoreContent content) {
    return String.join(
        ", ",
        ResultPrinter.count(content.streams(), "stream"),
        ResultPrinter.count(content.events(), "event"),
        ResultPrinter.count(content.tags(), "tag"),
        ResultPrinter.count(content.snapshots(), "snapshot"),
        ResultPrinter.count(content.documents(), "document"),
        ResultPrinter.count(content.records(), "record"),
        ResultPrinter.count(content.checkpoints(), "checkpoint"),
        ResultPrinter.count(content.deadLetters(), "dead letter"),
        ResultPrinter.count(content.loads(), "bulk load"),
        "SHA-256 " + content.hash());
  }
}
