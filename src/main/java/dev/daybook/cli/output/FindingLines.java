package dev.daybook.cli.output;

import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.Finding.Subject;
import dev.daybook.maintenance.VerifyReport;
import java.util.Optional;

/** Prints what a check has found. */
public final class FindingLines {

  private final ResultPrinter printer;

  private record Found(
      Finding.Kind finding,
      Finding.Severity severity,
      Optional<String> stream,
      Optional<String> document,
      Optional<String> consumer,
      Optional<Long> seq,
      String text) {}

  private record Total(long findings, long events, long documents, long unopened) {}

  public FindingLines(ResultPrinter printer) {
    this.printer = printer;
  }

  public void print(Finding finding) {
    Finding.Kind kind = finding.kind();
    printer.print(
        new Found(
            kind,
            kind.severity(),
            idOf(finding, Subject.STREAM),
            idOf(finding, Subject.DOCUMENT),
            idOf(finding, Subject.CONSUMER),
            Optional.of(finding.seq()).filter(seq -> seq != 0),
            finding.text()),
        "%s %s: %s"
            .formatted(ResultField.text(kind.severity()), ResultField.text(kind), finding.text()));
  }

  private static Optional<String> idOf(Finding finding, Subject subject) {
    return Optional.ofNullable(finding.id()).filter(id -> finding.kind().subject() == subject);
  }

  public void print(VerifyReport report) {
    printer.print(
        new Total(report.total(), report.events(), report.documents(), report.unopened()),
        "%s in %s and %s%s"
            .formatted(
                ResultPrinter.count(report.total(), "finding"),
                ResultPrinter.count(report.events(), "event"),
                ResultPrinter.count(report.documents(), "document"),
                report.unopened() == 0
                    ? ""
                    : "; not opened: "
                        + ResultPrinter.count(report.unopened(), "encrypted payload")));
  }

  public void flush() {
    printer.flush();
  }
}
