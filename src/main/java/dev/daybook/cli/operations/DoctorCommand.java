package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.maintenance.Holder;
import dev.daybook.maintenance.TypeCount;
import dev.daybook.maintenance.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Exit status 1 if a transaction does so for longer than --patience, or for an unknown time; if a reader keeps the log longer than it may stay; or if a type is unknown.",
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
      names = "--types",
      paramLabel = "FILE",
      description =
          "Also print the types and versions of events that are not in FILE, which has a type a line, and after a space its highest version if that is not 1. Reads the whole journal.")
  private @Nullable Path types;

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

  private record Fixed(String fixed, long givenBefore, long givenNow) {}

  private record Report(
      String database,
      long lastEvent,
      long watermark,
      long highestGiven,
      long heldBack,
      int holders,
      Optional<Long> logBytes) {}

  private record Unknown(String unknownType, int schemaVersion, long events) {}

  private record HeldLog(long logHeldBytes, long logLimitBytes) {}

  private record HeldBack(
      long heldFrom,
      OptionalInt process,
      Optional<String> preparedAs,
      Optional<String> user,
      Optional<String> application,
      Optional<String> client,
      Optional<Long> ageMillis,
      Optional<String> state,
      Optional<String> statement,
      Optional<List<Integer>> waitsFor) {

    static HeldBack by(Holder holder) {
      return new HeldBack(
          holder.heldFrom(),
          holder.process(),
          holder.preparedAs(),
          holder.user(),
          holder.application(),
          holder.client(),
          holder.age().map(Duration::toMillis),
          holder.state(),
          holder.statement(),
          Optional.of(holder.waitsFor()).filter(waiting -> !waiting.isEmpty()));
    }
  }

  @Override
  public Integer call() throws IOException {
    ResultPrinter printer = store.printer();
    DoctorReport report;
    List<TypeCount> unknown = List.of();
    boolean fixes = fix == Fix.positions;
    try (Daybook daybook = fixes ? store.openToMend() : store.openAsItIs()) {
      if (fixes) {
        print(daybook.maintenance().fixPositions(), printer);
      }
      report = daybook.maintenance().doctor();
      if (types != null) {
        unknown = unknown(daybook, KnownTypes.read(types));
      }
    }
    print(report, printer);
    for (Holder holder : report.holders()) {
      printer.print(HeldBack.by(holder), line(holder));
    }
    Optional<WriteAheadLog> held = report.log().filter(WriteAheadLog::isHeldBack);
    held.ifPresent(
        log ->
            printer.print(new HeldLog(log.heldBytes().orElseThrow(), log.limitBytes()), line(log)));
    for (TypeCount type : unknown) {
      printer.print(
          new Unknown(type.type(), type.schemaVersion(), type.count()),
          "%s of type \"%s\" with version %s: not in %s"
              .formatted(
                  ResultPrinter.count(type.count(), "event"),
                  type.type(),
                  type.schemaVersion(),
                  types));
    }
    printer.flush();
    return !unknown.isEmpty()
            || held.isPresent()
            || report.holders().stream().anyMatch(this::isTooOld)
        ? 1
        : 0;
  }

  private static List<TypeCount> unknown(Daybook daybook, KnownTypes known) {
    try (Stream<TypeCount> stored = daybook.maintenance().typeCounts()) {
      return stored.filter(type -> !known.has(type)).toList();
    }
  }

  private boolean isTooOld(Holder holder) {
    Duration most = Duration.ofSeconds(patience);
    return holder.age().map(age -> age.compareTo(most) > 0).orElse(true);
  }

  private static void print(FixedPositions fixed, ResultPrinter printer) {
    printer.print(
        new Fixed(fixed.changed() ? "positions" : "nothing", fixed.before(), fixed.now()),
        fixed.changed()
            ? "the database knows now that positions are given up to %s, and knew it up to %s; `daybook verify` finds those that were given twice"
                .formatted(fixed.now(), fixed.before())
            : "positions need no fixing: the database knows that they are given up to %s"
                .formatted(fixed.now()));
  }

  private static void print(DoctorReport report, ResultPrinter printer) {
    printer.printLines(
        new Report(
            report.database(),
            report.lastEvent(),
            report.watermark(),
            report.highestGiven(),
            report.heldBack(),
            report.holders().size(),
            report.log().map(WriteAheadLog::bytes)));
  }

  private static String line(WriteAheadLog log) {
    return "%s bytes of the write-ahead log can't be moved into the file, and expected are %s at most: a read, in this process or another, began before they were written; close a stream, end a backup or a transaction that was left open"
        .formatted(log.heldBytes().orElseThrow(), log.limitBytes());
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
