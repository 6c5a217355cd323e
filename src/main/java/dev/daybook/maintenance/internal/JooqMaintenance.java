package dev.daybook.maintenance.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.RowReader;
import dev.daybook.internal.statements.Script;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.maintenance.PositionGaps;
import dev.daybook.maintenance.StoreTotals;
import dev.daybook.maintenance.TagCount;
import dev.daybook.maintenance.TypeCount;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import dev.daybook.maintenance.internal.backup.BackupRun;
import dev.daybook.maintenance.internal.backup.RestoreRun;
import dev.daybook.maintenance.internal.verify.VerifyRun;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The maintenance of one Daybook. */
public final class JooqMaintenance implements Maintenance {

  private final Database database;

  private JooqMaintenance(Database database) {
    this.database = database;
  }

  public static Maintenance of(Database database) {
    return new JooqMaintenance(database);
  }

  @Override
  public void backup(Path target, CopyOptions options) {
    Objects.requireNonNull(target, "target");
    new BackupRun(database, options).backup(target);
  }

  @Override
  public void restore(Path backup, CopyOptions options) {
    Objects.requireNonNull(backup, "backup");
    new RestoreRun(database, options).restore(backup);
  }

  @Override
  public VerifyReport verify(VerifyOptions options) {
    Objects.requireNonNull(options, "options");
    return database.looking(looked -> new VerifyRun(looked, options).run());
  }

  @Override
  public DoctorReport doctor() {
    return database.looking(looked -> new DoctorRun(looked).run());
  }

  @Override
  public PositionGaps positionGaps() {
    return database.looking(JooqMaintenance::gaps);
  }

  private static PositionGaps gaps(Database database) {
    return database.read(
        session -> {
          // Counted first: what is committed meanwhile is not missing.
          try (Execution counts =
                  session.prepareOnce(new CountStatements(database.renderer()).gaps);
              Execution given = session.prepareOnce(database.highestPosition(EVENTS))) {
            return counts
                .first(
                    row ->
                        new PositionGaps.PositionGapsValues(
                            given.first(it -> it.numberOrZero(1)).orElse(0L),
                            row.number(1),
                            row.number(2)))
                .orElseThrow();
          }
        });
  }

  @Override
  public FixedPositions fixPositions() {
    AtomicReference<FixedPositions> done = new AtomicReference<>();
    database.whole().raisePositions((before, now) -> done.set(new FixedPositions(before, now)));
    return Objects.requireNonNull(done.get());
  }

  @Override
  public String migrationScript() {
    return database.whole().migrationScript();
  }

  @Override
  public List<TableNames> otherStores() {
    return database.whole().otherStores();
  }

  @Override
  @MustBeClosed
  public Stream<TypeCount> typeCounts() {
    return counts(
        sql().types,
        row -> new TypeCount(row.text(1), Math.toIntExact(row.number(2)), row.number(3)));
  }

  @Override
  @MustBeClosed
  public Stream<TagCount> tagCounts() {
    return counts(sql().tags, row -> new TagCount(row.text(1), row.number(2)));
  }

  private CountStatements sql() {
    return new CountStatements(database.renderer());
  }

  @MustBeClosed
  private <T> Stream<T> counts(Script query, RowReader<T> count) {
    return database.stream(RowQuery.of(query, true, parameters -> {}, count));
  }

  @Override
  public StoreTotals totals() {
    return database.read(
        session -> {
          try (Execution prepared = session.prepareOnce(sql().totals)) {
            return prepared
                .first(
                    row ->
                        new StoreTotals.StoreTotalsValues(
                            row.number(1), row.number(2), row.number(3), row.number(4)))
                .orElseThrow();
          }
        });
  }

  @Override
  public long compact() {
    return database.whole().compact();
  }
}
