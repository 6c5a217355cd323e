package dev.daybook.maintenance.internal.backup;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.DatabaseFile;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.MaintenanceException;
import dev.daybook.maintenance.MaintenanceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One backup. */
public final class BackupRun {

  private final Database database;
  private final CopyOptions options;

  public BackupRun(Database database, CopyOptions options) {
    this.database = database;
    this.options = options;
  }

  public void backup(Path where) {
    try {
      copyTo(DatabaseFile.behindLinks(where).path());
    } catch (IOException e) {
      throw new MaintenanceException(Reason.FILE, "%s can't be written: %s".formatted(where, e), e);
    }
  }

  private void copyTo(Path target) throws IOException {
    requireFree(target);
    try (PartFile part = PartFile.copyOf(database.whole(), target, options.progress())) {
      DatabaseFile copy = part.database();
      copy.finish();
      requireFree(target);
      replace(copy, target);
    }
  }

  private static void replace(DatabaseFile copy, Path target) throws IOException {
    try {
      copy.replace(target);
    } catch (DatabaseBusyException e) {
      throw new MaintenanceException(
          Reason.TARGET_IN_USE,
          "%s is in use; expected that no process has it open".formatted(target),
          e);
    }
  }

  private void requireFree(Path target) {
    new DatabaseFile(target)
        .companion()
        .ifPresent(
            companion -> {
              throw new MaintenanceException(
                  Reason.TARGET_IN_USE,
                  "%s shows that the target is a database in use; expected another target"
                      .formatted(companion),
                  null);
            });
    if (!Files.exists(target)) {
      return;
    }
    if (!options.overwrite()) {
      throw new MaintenanceException(
          Reason.TARGET_EXISTS, "%s exists, and is not to be overwritten".formatted(target), null);
    }
    requireNotItself(target);
  }

  private void requireNotItself(Path target) {
    boolean itself = database.file().filter(file -> isSame(file, target)).isPresent();
    if (itself || !Files.isRegularFile(target)) {
      throw new MaintenanceException(
          Reason.TARGET_IN_USE,
          "%s is the database itself, or not a file; expected another target".formatted(target),
          null);
    }
  }

  static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return one.equals(other);
    }
  }
}
