package dev.daybook.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The results as a table on the screen, a line as soon as it is known, and as JSON in the end. */
final class Report {

  private static final String FORMAT =
      "| %-84s | %11s | %11s | %11s | %18s | %6s | %18s | %6s | %9s | %9s | %9s |%n";

  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void begin() {
    out.printf(
        FORMAT,
        "scenario",
        "ours/s",
        "reference/s",
        "free/s",
        "to reference",
        "target",
        "to free",
        "target",
        "ours B",
        "ref. B",
        "free B");
    out.printf("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n");
  }

  void add(Row row) {
    rows.add(row);
    out.printf(
        FORMAT,
        title(row),
        number(row.perSecond(Turn.OURS)),
        number(row.perSecond(Turn.REFERENCE)),
        number(row.perSecond(Turn.FREE)),
        ratios(row.ratios(Turn.REFERENCE)),
        target(row.target()),
        ratios(row.ratios(Turn.FREE)),
        target(row.freeTarget()),
        bytes(row.side(Turn.OURS).bytes()),
        bytes(row.side(Turn.REFERENCE).bytes()),
        bytes(row.side(Turn.FREE).bytes()));
  }

  /** How much longer the same answer takes among ten times the data, where both were measured. */
  void growth() {
    grow(Scenario.TAG_PERCENT, Scenario.TAG_PERMILLE);
    grow(Scenario.STREAM_PREFIX, Scenario.STREAM_PREFIX);
    grow(Scenario.DOCUMENT_PREFIX, Scenario.DOCUMENT_PREFIX);
  }

  void write(Path json, Settings.Mode mode) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("mode", mode);
    all.put("java", System.getProperty("java.runtime.version"));
    all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.put("results", rows);
    JsonMapper.builder()
        .addModule(new Jdk8Module())
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(json.toFile(), all);
  }

  private void grow(Scenario small, Scenario large) {
    for (Row one : rows) {
      for (Row ten : rows) {
        boolean pair = one.name().equals(small.name()) && ten.name().equals(large.name());
        if (pair && one.store() == ten.store() && one.size() == 1 && ten.size() == 10) {
          out.printf(
              Locale.ROOT,
              "the same hits of ten times the data, %s, %s: ours %.2f × the time (target ≤ 1.30 ×), reference %.2f ×%n",
              one.store().word(),
              one.scenario(),
              one.perSecond(Turn.OURS).orElse(Double.NaN)
                  / ten.perSecond(Turn.OURS).orElse(Double.NaN),
              one.perSecond(Turn.REFERENCE).orElse(Double.NaN)
                  / ten.perSecond(Turn.REFERENCE).orElse(Double.NaN));
        }
      }
    }
  }

  private static String title(Row row) {
    List<String> parts = new ArrayList<>(List.of(row.store().word(), row.scenario()));
    if (!row.durability().isEmpty()) {
      parts.add(row.durability());
    }
    if (row.size() > 1) {
      parts.add(row.size() + " ×");
    }
    return String.join(", ", parts);
  }

  private static String number(OptionalDouble value) {
    return format(value, value.orElse(0) < 100 ? "%.2f" : "%,.0f");
  }

  /** The median, and between which they lie. */
  private static String ratios(List<Double> sorted) {
    return sorted.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.2f (%.2f–%.2f)",
            Row.median(sorted).getAsDouble(),
            sorted.get(0),
            sorted.get(sorted.size() - 1));
  }

  private static String target(OptionalDouble value) {
    return format(value, "≥ %.2f");
  }

  private static String bytes(OptionalDouble value) {
    return format(value, "%,.0f");
  }

  private static String format(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
  }
}
