package dev.daybook.maintenance.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.dialect.AdvisedSetting;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileUse;
import dev.daybook.internal.dialect.ServerConnections;
import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.Watermark;
import dev.daybook.maintenance.ConnectionCounts;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FileUser;
import dev.daybook.maintenance.Holder;
import dev.daybook.maintenance.SettingAdvice;
import dev.daybook.maintenance.WriteAheadLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds out up to which position readers get events, what holds them back, and what the dialect
 * reports of the file, the connections and the settings.
 */
final class DoctorRun {

  private final Database database;
  private final Dialect dialect;
  private final DoctorStatements sql;
  private final Script highestGiven;

  DoctorRun(Database database) {
    this.database = database;
    this.dialect = Dialect.of(database.renderer());
    this.sql = new DoctorStatements(database.renderer(), database.parallelWriting(EVENTS));
    this.highestGiven = database.highestPosition(EVENTS);
  }

  DoctorReport run() {
    return database.read(this::report);
  }

  private DoctorReport report(Session session) {
    List<Holder> holders =
        sql.holders.map(query -> list(session, query)).orElseGet(() -> List.<Holder>of());
    long watermark =
        sql.watermark
            .map(it -> readableTo(session, it))
            .orElseGet(() -> number(session, highestGiven));
    return new DoctorReport.DoctorReportValues(
        text(session, sql.database),
        number(session, sql.lastEvent),
        watermark,
        number(session, highestGiven),
        eventsBehind(session, watermark),
        holders,
        log(session),
        session.ask(dialect::fileUses).stream().map(DoctorRun::user).toList(),
        connections(session.ask(dialect::serverConnections)),
        session.ask(it -> dialect.differingSettings(it, database.tableNames())).stream()
            .map(DoctorRun::advice)
            .toList());
  }

  private Optional<WriteAheadLog> log(Session session) {
    return session
        .ask(dialect::log)
        .map(
            log ->
                new WriteAheadLog.WriteAheadLogValues(
                    log.bytes(), session.ask(log::heldBytes), WalFile.LIMIT_BYTES));
  }

  private static FileUser user(FileUse use) {
    return new FileUser.FileUserValues(use.process(), use.command(), use.reads(), use.writes());
  }

  private ConnectionCounts connections(Optional<ServerConnections> server) {
    return new ConnectionCounts.ConnectionCountsValues(
        database.mostConnections(),
        number(server, ServerConnections::ofDatabase),
        number(server, ServerConnections::ofServer),
        number(server, ServerConnections::most));
  }

  private static OptionalInt number(
      Optional<ServerConnections> server, ToIntFunction<ServerConnections> which) {
    return server.stream().mapToInt(which).findFirst();
  }

  private static SettingAdvice advice(AdvisedSetting setting) {
    return new SettingAdvice.SettingAdviceValues(
        setting.setting(),
        setting.found(),
        setting.advised(),
        setting.action(),
        setting.risksData());
  }

  private static long readableTo(Session session, Watermark watermark) {
    try (Execution prepared = session.prepareOnce(watermark.look())) {
      return prepared.first(row -> watermark.whole(session, row, false)).orElseThrow();
    }
  }

  private long eventsBehind(Session session, long position) {
    try (Execution prepared = session.prepareOnce(sql.eventsBehind)) {
      return prepared
          .set(DoctorStatements.POSITION, position)
          .first(row -> row.number(1))
          .orElseThrow();
    }
  }

  private static List<Holder> list(Session session, Script query) {
    try (Execution prepared = session.prepareOnce(query)) {
      return prepared.list(DoctorRun::holder);
    }
  }

  private static long number(Session session, Script query) {
    try (Execution prepared = session.prepareOnce(query)) {
      return prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }

  private static String text(Session session, Script query) {
    try (Execution prepared = session.prepareOnce(query)) {
      return prepared.first(row -> row.text(1)).orElseThrow();
    }
  }

  private static Holder holder(Row row) {
    Long process = row.optionalNumber(2);
    Long age = row.optionalNumber(7);
    return new Holder.HolderValues(
        row.number(1) + 1,
        process == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(process)),
        Optional.ofNullable(row.optionalText(3)),
        Optional.ofNullable(row.optionalText(4)),
        given(row.optionalText(5)),
        Optional.ofNullable(row.optionalText(6)),
        age == null ? Optional.empty() : Optional.of(Duration.ofMillis(age)),
        Optional.ofNullable(row.optionalText(8)),
        Optional.ofNullable(row.optionalText(9)),
        given(row.optionalText(10)).map(DoctorRun::numbers).orElseGet(() -> List.<Integer>of()));
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(it -> !it.isEmpty());
  }

  private static List<Integer> numbers(String list) {
    return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
  }
}
