package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.maintenance.Holder;
import dev.daybook.maintenance.WriteAheadLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Prints up to which position readers get events, and which transactions hold them back.",
      "For a SQLite file also the size of its write-ahead log.",
      "Exit status 1 if a transaction does so for longer than --patience, or for an unknown",
      "time; or if a reader keeps the log longer than it may stay.",
      "`daybook subscriptions` prints the position of each subscription."
    })
public final class DoctorCommand implements Callable<Integer> {

  @Mixin private Store store = new Store();

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long a transaction may be open. Default: ${DEFAULT-VALUE}.")
  private long patience;

  @Option(
      names = "--fix",
      paramLabel = "WHAT",
      description = {
        "positions: first makes new events get positions after all existing ones,",
        "in a database that was copied or replicated without its sequence."
      })
  private @Nullable Fix fix;

  /** What can be fixed. */
  enum Fix {
    /** Which positions were given. */
    positions
  }

  @Override
  public Integer call() throws IOException {
    EventPrinter printer = store.printer();
    DoctorReport report;
    boolean fixes = fix == Fix.positions;
    try (Daybook daybook = fixes ? store.openToMend() : store.openAsItIs()) {
      if (fixes) {
        print(daybook.maintenance().fixPositions(), printer);
      }
      report = daybook.maintenance().doctor();
    }
    print(report, printer);
    for (Holder holder : report.holders()) {
      printer.print(values(holder), line(holder));
    }
    Optional<WriteAheadLog> held = report.log().filter(WriteAheadLog::isHeldBack);
    held.ifPresent(log -> printer.print(values(log), line(log)));
    printer.flush();
    return held.isPresent() || report.holders().stream().anyMatch(this::isTooOld) ? 1 : 0;
  }

  private boolean isTooOld(Holder holder) {
    Duration most = Duration.ofSeconds(patience);
    return holder.age().map(age -> age.compareTo(most) > 0).orElse(true);
  }

  private static void print(FixedPositions fixed, EventPrinter printer) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("fixed", fixed.changed() ? "positions" : "nothing");
    values.put("givenBefore", fixed.before());
    values.put("givenNow", fixed.now());
    printer.print(
        values,
        fixed.changed()
            ? "the database knows now that positions are given up to %s, and knew it up to %s; `daybook verify` finds those that were given twice"
                .formatted(fixed.now(), fixed.before())
            : "positions need no fixing: the database knows that they are given up to %s"
                .formatted(fixed.now()));
  }

  private static void print(DoctorReport report, EventPrinter printer) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("database", report.database());
    values.put("lastEvent", report.lastEvent());
    values.put("watermark", report.watermark());
    values.put("highestGiven", report.highestGiven());
    values.put("heldBack", report.heldBack());
    values.put("holders", report.holders().size());
    report.log().ifPresent(log -> values.put("logBytes", log.bytes()));
    String lines =
        values.entrySet().stream()
            .map(value -> "%-14s %s".formatted(value.getKey(), value.getValue()))
            .collect(Collectors.joining(System.lineSeparator()));
    printer.print(values, lines);
  }

  private static Map<String, Object> values(WriteAheadLog log) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("logHeldBytes", log.heldBytes().orElseThrow());
    values.put("logLimitBytes", log.limitBytes());
    return values;
  }

  private static String line(WriteAheadLog log) {
    return "%s bytes of the write-ahead log can't be moved into the file, and expected are %s at most: a read, in this process or another, began before they were written; close a stream, end a backup or a transaction that was left open"
        .formatted(log.heldBytes().orElseThrow(), log.limitBytes());
  }

  private static Map<String, Object> values(Holder holder) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("heldFrom", holder.heldFrom());
    holder.process().ifPresent(process -> values.put("process", process));
    holder.preparedAs().ifPresent(name -> values.put("preparedAs", name));
    holder.user().ifPresent(user -> values.put("user", user));
    holder.application().ifPresent(application -> values.put("application", application));
    holder.client().ifPresent(client -> values.put("client", client));
    holder.age().ifPresent(age -> values.put("ageMillis", age.toMillis()));
    holder.state().ifPresent(state -> values.put("state", state));
    holder.statement().ifPresent(statement -> values.put("statement", statement));
    if (!holder.waitsFor().isEmpty()) {
      values.put("waitsFor", holder.waitsFor());
    }
    return values;
  }

  private static String line(Holder holder) {
    List<String> parts = new ArrayList<>();
    parts.add(
        holder.process().isPresent()
            ? "process " + holder.process().getAsInt()
            : "prepared transaction" + holder.preparedAs().map(" \"%s\""::formatted).orElse(""));
    holder.user().ifPresent(user -> parts.add("user " + user));
    holder.application().ifPresent(parts::add);
    holder.client().ifPresent(client -> parts.add("from " + client));
    parts.add(
        holder
            .age()
            .map(age -> String.format(Locale.ROOT, "open for %.1f s", age.toMillis() / 1_000.0))
            .orElse("open since: unknown"));
    holder.state().ifPresent(parts::add);
    if (!holder.waitsFor().isEmpty()) {
      parts.add("waits for " + holder.waitsFor());
    }
    return "held back from position %s by %s%s"
        .formatted(
            holder.heldFrom(),
            String.join(", ", parts),
            holder.statement().map(it -> ": " + it.replaceAll("\\s*\\R\\s*", " ")).orElse(""));
  }
}
