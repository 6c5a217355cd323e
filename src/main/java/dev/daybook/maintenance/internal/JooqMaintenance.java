package dev.daybook.maintenance.internal;

import dev.daybook.internal.database.Database;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.DoctorReport;
import dev.daybook.maintenance.FixedPositions;
import dev.daybook.maintenance.Maintenance;
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
}
