package dev.daybook.cli.output;

import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.VerifyReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints what a check has found. */
public final class FindingLines {

  private final EventPrinter printer;

  public FindingLines(EventPrinter printer) {
    this.printer = printer;
  }

  public void print(Finding finding) {
    Finding.Kind kind = finding.kind();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("finding", word(kind));
    values.put("severity", word(kind.severity()));
    if (finding.id() != null) {
      values.put(word(kind.subject()), finding.id());
    }
    if (finding.seq() != 0) {
      values.put("seq", finding.seq());
    }
    values.put("text", finding.text());
    printer.print(values, "%s %s: %s".formatted(word(kind.severity()), word(kind), finding.text()));
  }

  public void print(VerifyReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("findings", report.total());
    values.put("events", report.events());
    values.put("unopened", report.unopened());
    printer.print(
        values,
        "%s in %s%s"
            .formatted(
                EventPrinter.count(report.total(), "finding"),
                EventPrinter.count(report.events(), "event"),
                report.unopened() == 0
                    ? ""
                    : "; not opened: "
                        + EventPrinter.count(report.unopened(), "encrypted payload")));
  }

  public void flush() {
    printer.flush();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
