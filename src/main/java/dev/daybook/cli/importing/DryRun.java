package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
import dev.daybook.cli.output.ResultPrinter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an import would do: how many lines have something at each pointer, and which events the
 * lines would become. Nothing is written.
 *
 * @param <T> what a line is read as
 */
final class DryRun<T> {

  private static final int EXAMPLES = 3;
  private static final int SHOWN_LENGTH = 60;
  private static final int SHOWN_TYPES = 60;

  /** The most streams, types and idempotency keys that it distinguishes. */
  private static final int MOST_NAMES = 100_000;

  /** What was found at a pointer. */
  private static final class Found {
    private long lines;
    private final Set<String> examples = new LinkedHashSet<>();
  }

  private final ImportFormat<T> format;
  private final Map<JsonPath, Found> found = new LinkedHashMap<>();
  private final Set<String> streams = new HashSet<>();
  private final Map<String, Long> types = new TreeMap<>();
  private final List<ImportFormat.Written> events = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final Set<List<String>> keys = new HashSet<>();
  private long lines;
  private long imported;
  private long repeated;

  DryRun(ImportFormat<T> format) {
    this.format = format;
    format.paths().forEach(path -> found.put(path, new Found()));
  }

  /** Reads all lines. */
  void read(Lines source) throws IOException {
    for (byte[] line = source.next(); line != null; line = source.next()) {
      if (Importer.isBlank(line)) {
        continue;
      }
      lines++;
      try {
        if (source.tooLong()) {
          throw new BadLine(Importer.tooLong(format), 0);
        }
        count(JsonLine.object(line, ExportedEvents.MAX_NESTING, found.keySet()));
        add(format.written(Importer.read(format, line)));
      } catch (BadLine e) {
        if (bad.size() < EXAMPLES) {
          bad.add(
              "%s%s: %s"
                  .formatted(
                      source.place(), e.column() == 0 ? "" : ", column " + e.column(), e.reason()));
        }
      }
    }
  }

  private void count(JsonLine line) {
    found.forEach(
        (path, at) -> {
          Collection<JsonValue> values =
              line.all(path).stream().filter(value -> !value.isBlank()).toList();
          if (!values.isEmpty()) {
            at.lines++;
          }
          for (JsonValue value : values) {
            if (at.examples.size() < EXAMPLES) {
              at.examples.add(shown(line, value));
            }
          }
        });
  }

  private static String shown(JsonLine line, JsonValue value) {
    String text = value.isSingle() ? value.text() : line.textOf(value, SHOWN_LENGTH);
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
  }

  private void add(ImportFormat.Written event) {
    if (isRepeated(event)) {
      repeated++;
      return;
    }
    imported++;
    if (streams.size() < MOST_NAMES) {
      streams.add(event.stream());
    }
    if (types.size() < MOST_NAMES || types.containsKey(event.type())) {
      types.merge(event.type(), 1L, Long::sum);
    }
    if (events.size() < EXAMPLES) {
      events.add(event);
    }
  }

  /** Whether a line before it has its key. */
  private boolean isRepeated(ImportFormat.Written event) {
    if (event.key() == null) {
      return false;
    }
    List<String> key = List.of(event.stream(), event.key());
    return keys.size() < MOST_NAMES ? !keys.add(key) : keys.contains(key);
  }

  long badLines() {
    return lines - imported - repeated;
  }

  /** What was found, as lines for people. */
  List<String> report() {
    List<String> report = new ArrayList<>();
    found.forEach(
        (path, at) ->
            report.add(
                "%s: in %s of %s%s"
                    .formatted(
                        path.text().isEmpty() ? "the line" : path.text(),
                        at.lines,
                        ResultPrinter.count(lines, "line"),
                        at.examples.isEmpty()
                            ? ""
                            : ", such as " + String.join(" | ", at.examples))));
    report.add(
        "would import %s into %s; %s%s"
            .formatted(
                ResultPrinter.count(imported, "event"),
                ResultPrinter.count(streams.size(), "stream"),
                ResultPrinter.count(badLines(), "bad line"),
                repeated == 0
                    ? ""
                    : "; %s whose key is there already"
                        .formatted(ResultPrinter.count(repeated, "line"))));
    types.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN_TYPES)
        .forEach(
            type ->
                report.add(
                    "  %s of type %s"
                        .formatted(ResultPrinter.count(type.getValue(), "event"), type.getKey())));
    events.forEach(event -> report.add("  such as " + event));
    bad.forEach(why -> report.add("  bad: " + why));
    return report;
  }

  /** The same as named values. */
  Counts values() {
    List<AtPointer> pointers = new ArrayList<>();
    found.forEach(
        (path, at) -> pointers.add(new AtPointer(path.text(), at.lines, List.copyOf(at.examples))));
    return new Counts(lines, imported, repeated, streams.size(), badLines(), pointers, types);
  }

  /** What was counted. */
  record Counts(
      long lines,
      long events,
      long repeated,
      long streams,
      long bad,
      List<AtPointer> pointers,
      Map<String, Long> types) {}

  /** How many lines have something at a pointer. */
  record AtPointer(String pointer, long lines, List<String> examples) {}
}
