package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.CommonOptions;
import dev.daybook.cli.options.NamedStore;
import dev.daybook.cli.options.OriginStore;
import dev.daybook.cli.options.TargetStore;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.cli.output.ProgressBar;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
    EventPrinter printer = options.printer();
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
                      EventPrinter.count(report.eventsBehind(), "event"),
                      EventPrinter.count(report.rowsBehind(), "other row")));
      return BEHIND;
    }
    return 0;
  }

  private static void print(EventPrinter printer, Mismatch mismatch) {
    String kind = mismatch.kind().name().toLowerCase(Locale.ROOT);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mismatch", kind);
    values.put("id", mismatch.id());
    values.put("sourceRows", mismatch.sourceRows());
    values.put("targetRows", mismatch.targetRows());
    printer.print(
        values,
        "%s \"%s\": %s in the source, %s in the target%s"
            .formatted(
                kind,
                mismatch.id(),
                EventPrinter.count(mismatch.sourceRows(), "row"),
                EventPrinter.count(mismatch.targetRows(), "row"),
                mismatch.sourceRows() == mismatch.targetRows() ? ", which differ" : ""));
  }

  private static Map<String, Object> values(TransferReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("complete", report.isComplete());
    values.put("copiedEvents", report.copiedEvents());
    values.put("position", report.position());
    values.put("eventsBehind", report.eventsBehind());
    values.put("rowsBehind", report.rowsBehind());
    values.put("mismatches", report.mismatchCount());
    report
        .content()
        .ifPresent(
            content -> {
              values.put("streams", content.streams());
              values.put("events", content.events());
              values.put("tags", content.tags());
              values.put("snapshots", content.snapshots());
              values.put("documents", content.documents());
              values.put("records", content.records());
              values.put("checkpoints", content.checkpoints());
              values.put("deadLetters", content.deadLetters());
              values.put("loads", content.loads());
              values.put("hash", content.hash());
            });
    return values;
  }

  private static String line(TransferReport report) {
    String copied =
        "copied %s up to position %s"
            .formatted(EventPrinter.count(report.copiedEvents(), "event"), report.position());
    return report
        .content()
        .map(content -> copied + "; the target has " + line(content))
        .orElse(copied);
  }

  private static String line(StoreContent content) {
    return String.join(
        ", ",
        EventPrinter.count(content.streams(), "stream"),
        EventPrinter.count(content.events(), "event"),
        EventPrinter.count(content.tags(), "tag"),
        EventPrinter.count(content.snapshots(), "snapshot"),
        EventPrinter.count(content.documents(), "document"),
        EventPrinter.count(content.records(), "record"),
        EventPrinter.count(content.checkpoints(), "checkpoint"),
        EventPrinter.count(content.deadLetters(), "dead letter"),
        EventPrinter.count(content.loads(), "bulk load"),
        "SHA-256 " + content.hash());
  }
}
