package dev.daybook.cli.operations;

import dev.daybook.Daybook;
import dev.daybook.cli.options.Store;
import dev.daybook.cli.output.OneLine;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.error.OpenException;
import dev.daybook.maintenance.ConnectionCounts;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FileUser;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.maintenance.Holder;
import dev.daybook.maintenance.PositionGaps;
import dev.daybook.maintenance.SettingAdvice;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Prints up to which position readers get events, and which transactions hold them back.",
      "For a SQLite file also the size of its write-ahead log, and which other processes have the file open; for a server how many connections it has.",
      "Each setting that differs from what is advised, and what to do.",
      "Exit status 1 if a transaction does so for longer than --patience, or for an unknown time; if a reader keeps the log longer than it may stay; if the server has few connections left; or if a type is unknown. Settings change no status.",
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
      names = "--gaps",
      description = "Also print how many positions have no event. Counts all events.")
  private boolean gaps;

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
      Optional<Long> logBytes,
      OptionalInt connections,
      OptionalInt allConnections,
      OptionalInt maxConnections) {}

  private record Gaps(long positions, long events, long missing, long streamsWithDeletions) {}

  private record OpenIn(long openIn, Optional<String> command, boolean reading, boolean writing) {}

  private record Differing(
      String setting, String found, String advised, String action, boolean risksData) {}

  private record Scarce(int freeConnections, int maxConnections) {}

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
    boolean fixes = fix == Fix.positions;
    KnownTypes known = types == null ? null : KnownTypes.read(types);
    boolean healthy;
    try (Daybook daybook = fixes ? store.openToMend() : store.openAsItIs()) {
      if (fixes) {
        print(daybook.maintenance().fixPositions(), printer);
      }
      healthy = print(daybook.maintenance().doctor(), printer);
      if (gaps) {
        print(daybook.maintenance().positionGaps(), printer);
      }
      if (known != null) {
        healthy &= print(unknown(daybook, known), printer);
      }
    } catch (OpenException e) {
      throw e.reason() == OpenException.Reason.OLDER_SCHEMA ? store.withRemedy(e) : e;
    }
    printer.flush();
    return healthy ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** Returns whether nothing is to be done. */
  private boolean print(DoctorReport report, ResultPrinter printer) {
    ConnectionCounts connections = report.connections();
    printer.printLines(
        new Report(
            report.database(),
            report.lastEvent(),
            report.watermark(),
            report.highestGiven(),
            report.heldBack(),
            report.holders().size(),
            report.log().map(WriteAheadLog::bytes),
            connections.ofDatabase(),
            connections.ofServer(),
            connections.mostOfServer()));
    for (Holder holder : report.holders()) {
      printer.print(HeldBack.by(holder), line(holder));
    }
    for (FileUser user : report.fileUsers()) {
      if (user.process() != ProcessHandle.current().pid()) {
        printer.print(
            new OpenIn(user.process(), user.command(), user.isReading(), user.isWriting()),
            line(user));
      }
    }
    Optional<WriteAheadLog> held = report.log().filter(WriteAheadLog::isHeldBack);
    held.ifPresent(
        log ->
            printer.print(new HeldLog(log.heldBytes().orElseThrow(), log.limitBytes()), line(log)));
    if (connections.areScarce()) {
      int most = connections.mostOfServer().orElseThrow();
      int free = most - connections.ofServer().orElseThrow();
      printer.print(
          new Scarce(free, most),
          "the server has %s of %s connections left: make pools smaller or close them, or raise max_connections"
              .formatted(free, most));
    }
    for (SettingAdvice setting : report.settings()) {
      printer.print(
          new Differing(
              setting.setting(),
              setting.found(),
              setting.advised(),
              setting.action(),
              setting.risksData()),
          "%s is %s, and advised is %s: %s"
              .formatted(setting.setting(), setting.found(), setting.advised(), setting.action()));
    }
    return held.isEmpty()
        && !connections.areScarce()
        && report.holders().stream().noneMatch(this::isTooOld);
  }

  private static void print(PositionGaps gaps, ResultPrinter printer) {
    printer.print(
        new Gaps(gaps.highestGiven(), gaps.events(), gaps.missing(), gaps.streamsWithDeletions()),
        "without an event: %s of the positions up to %s; of %s events were deleted, or moved to another store"
            .formatted(
                gaps.missing(),
                gaps.highestGiven(),
                ResultPrinter.count(gaps.streamsWithDeletions(), "stream")));
  }

  private boolean print(List<TypeCount> unknown, ResultPrinter printer) {
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
    return unknown.isEmpty();
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

  private static String line(FileUser user) {
    return "open in process %s%s%s"
        .formatted(
            user.process(),
            user.command().map(" (%s)"::formatted).orElse(""),
            user.isWriting() ? ", which is writing" : user.isReading() ? ", which is reading" : "");
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
            holder.statement().map(it -> ": " + OneLine.of(it)).orElse(""));
  }
}
