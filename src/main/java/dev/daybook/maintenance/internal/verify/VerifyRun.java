package dev.daybook.maintenance.internal.verify;

import dev.daybook.error.DamagedRowException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.WholeDatabase;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.statements.Script;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One check of a database: of its pages, and then of the store's rows if it can be opened. */
public final class VerifyRun {

  private final Database database;
  private final VerifyOptions options;
  private final Findings findings;

  public VerifyRun(Database database, VerifyOptions options) {
    this.database = database;
    this.options = options;
    this.findings = new Findings(options.findings());
  }

  public VerifyReport run() {
    WholeDatabase whole = database.whole();
    stopping("the pages", () -> whole.checkPages(text -> findings.add(Kind.PAGES, text)));
    stopping(
        "the foreign keys",
        () -> whole.checkForeignKeys(text -> findings.add(Kind.FOREIGN_KEY, text)));
    options.progress().report(Step.PAGES, 1, 0);
    checkRows();
    return findings.report();
  }

  /** A damaged database may not open; that is one more finding then, and a failure otherwise. */
  private void checkRows() {
    VerifyStatements sql;
    Script highestPosition;
    try {
      sql = new VerifyStatements(database.renderer());
      highestPosition = database.highestPosition(Tables.EVENTS);
    } catch (DaybookException e) {
      if (isAboutPositions(e)) {
        findings.add(Kind.POSITIONS_REUSABLE, String.valueOf(e.getMessage()));
        return;
      }
      if (!isDamage(e) && (findings.isEmpty() || !isAboutTables(e))) {
        throw e;
      }
      findings.add(Kind.UNREADABLE, "the store can't be opened: " + e.getMessage());
      return;
    }
    database.snapshot(
        session -> {
          Walk walk = new Walk(session, findings, options.progress());
          checks(sql, highestPosition)
              .forEach((name, check) -> stopping(name, () -> check.accept(walk)));
          return true;
        });
  }

  private Map<String, Consumer<Walk>> checks(VerifyStatements sql, Script highestPosition) {
    Map<String, Consumer<Walk>> checks = new LinkedHashMap<>();
    checks.put("the numbers of events", walk -> new NumberCheck(walk, sql).run());
    checks.put("the tags", walk -> new TagCheck(walk, sql).run());
    checks.put("the events", walk -> new EventCheck(walk, sql, options.journal()).run());
    checks.put("the snapshots", walk -> new SnapshotCheck(walk, sql).run());
    checks.put("the checkpoints", walk -> new PositionCheck(walk, sql, highestPosition).run());
    checks.put("the documents", walk -> new DocumentCheck(walk, sql).run());
    return checks;
  }

  /** Damage that ends one check is a finding, and the other checks continue. */
  private void stopping(String what, Runnable check) {
    try {
      check.run();
    } catch (DatabaseException | DamagedRowException e) {
      if (!isDamage(e)) {
        throw new DatabaseException(
            "the check of %s failed, which says nothing about the database: %s"
                .formatted(what, e.getMessage()),
            e);
      }
      findings.add(Kind.UNREADABLE, "the check of %s stopped: %s".formatted(what, e.getMessage()));
    }
  }

  private static boolean isDamage(DaybookException failure) {
    return failure instanceof DamagedRowException
        || (failure instanceof DatabaseException
            && failure.getCause() instanceof SQLException cause
            && Databases.isDamage(cause));
  }

  private static boolean isAboutPositions(DaybookException failure) {
    return failure instanceof OpenException refusal
        && refusal.reason() == OpenException.Reason.POSITIONS;
  }

  private static boolean isAboutTables(DaybookException failure) {
    return failure instanceof OpenException refusal
        && (refusal.reason() == OpenException.Reason.MIGRATION
            || refusal.reason() == OpenException.Reason.TABLES);
  }
}
