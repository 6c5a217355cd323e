package dev.daybook.maintenance.internal.backup;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.DatabaseFile;
import dev.daybook.internal.database.WholeDatabase;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.MaintenanceException;
import dev.daybook.maintenance.MaintenanceException.Reason;
import dev.daybook.maintenance.VerifyOptions;
import dev.daybook.maintenance.VerifyReport;
import dev.daybook.maintenance.internal.verify.VerifyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One restoring of a backup. */
public final class RestoreRun {

  private final Database database;
  private final CopyOptions options;

  public RestoreRun(Database database, CopyOptions options) {
    this.database = database;
    this.options = options;
  }

  public void restore(Path backup) {
    Path file =
        database
            .file()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "a backup can be restored only to a Daybook that was made with a file's path"));
    Path target = behindLinks(file);
    requireBackup(backup, target);
    boolean alone = database.whileNotOpen(() -> restore(backup, target));
    if (!alone) {
      throw inUse(target, null);
    }
  }

  private void restore(Path backup, Path target) {
    requireFree(target);
    WholeDatabase source = new DatabaseFile(backup.toAbsolutePath()).whole(database);
    try (PartFile part = PartFile.copyOf(source, target, options.progress())) {
      DatabaseFile copy = part.database();
      copy.finish();
      check(backup, part.path());
      copy.finish();
      requireFree(target);
      copy.replace(target);
    } catch (DatabaseBusyException e) {
      throw inUse(target, e);
    } catch (IOException e) {
      throw new MaintenanceException(
          Reason.FILE, "%s can't be written: %s".formatted(target, e), e);
    }
  }

  private void check(Path backup, Path part) {
    VerifyReport report;
    try (Database copy = database.inFile(part)) {
      report = new VerifyRun(copy, VerifyOptions.defaults().withProgress(options.progress())).run();
    }
    if (!report.isIntact()) {
      throw new MaintenanceException(
          "%s is damaged: %s findings, the first of them: %s"
              .formatted(backup, report.total(), report.findings().get(0).text()),
          report);
    }
  }

  private static void requireBackup(Path backup, Path target) {
    if (!Files.isRegularFile(backup)) {
      throw new MaintenanceException(
          Reason.NO_BACKUP, "%s does not exist, or is not a file".formatted(backup), null);
    }
    if (BackupRun.isSame(backup, target)) {
      throw new InvalidInputException("%s can't be restored to itself".formatted(backup));
    }
  }

  private static Path behindLinks(Path file) {
    try {
      return DatabaseFile.behindLinks(file).path();
    } catch (IOException e) {
      throw new MaintenanceException(Reason.FILE, "%s can't be found: %s".formatted(file, e), e);
    }
  }

  private void requireFree(Path target) {
    if (Files.exists(target) && !options.overwrite()) {
      throw new MaintenanceException(
          Reason.TARGET_EXISTS, "%s exists, and is not to be overwritten".formatted(target), null);
    }
  }

  private static MaintenanceException inUse(Path target, @Nullable Throwable cause) {
    return new MaintenanceException(
        Reason.TARGET_IN_USE,
        "%s is in use; expected that no process has it open".formatted(target),
        cause);
  }
}
