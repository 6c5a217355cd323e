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

  private static final String FORMAT = "| %-76s | %12s | %12s | %6s | %6s | %9s | %9s |%n";

  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void begin() {
    out.printf(FORMAT, "scenario", "ours/s", "reference/s", "ratio", "target", "ours B", "ref. B");
    out.printf("|---|---:|---:|---:|---:|---:|---:|%n");
  }

  void add(Row row) {
    rows.add(row);
    out.printf(
        FORMAT,
        title(row),
        number(row.oursPerSecond()),
        number(row.referencePerSecond()),
        ratio(row.ratio()),
        row.target().isPresent() ? "≥ " + ratio(row.target()) : "",
        bytes(row.ourBytes()),
        bytes(row.referenceBytes()));
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
              one.oursPerSecond().orElse(Double.NaN) / ten.oursPerSecond().orElse(Double.NaN),
              one.referencePerSecond().orElse(Double.NaN)
                  / ten.referencePerSecond().orElse(Double.NaN));
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

  private static String ratio(OptionalDouble value) {
    return format(value, "%.2f");
  }

  private static String bytes(OptionalDouble value) {
    return format(value, "%,.0f");
  }

  private static String format(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
  }
}
