package dev.daybook.maintenance.internal.backup;

import dev.daybook.internal.database.DatabaseFile;
import dev.daybook.internal.database.WholeDatabase;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.OtherThread;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.maintenance.MaintenanceException;
import dev.daybook.maintenance.MaintenanceException.Reason;
import dev.daybook.maintenance.Progress;
import dev.daybook.maintenance.Progress.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** A file beside a target, under another name, until it is moved there or deleted. */
final class PartFile implements AutoCloseable {

  private static final String ENDING = ".part";

  private final Path path;

  private PartFile(Path path) {
    this.path = path;
  }

  private static PartFile beside(Path target) {
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new MaintenanceException(
          Reason.FILE, "%s: its directory does not exist".formatted(target), null);
    }
    try {
      return new PartFile(create(directory, target));
    } catch (IOException e) {
      throw new MaintenanceException(
          Reason.FILE, "%s can't be written: %s".formatted(target, e), e);
    }
  }

  /**
   * A copy of a database, to be put in the place of a target. SQLite can't be stopped while it
   * copies: a caller whose deadline passes leaves another thread to that, which then deletes the
   * file.
   *
   * @param progress is called until the deadline
   */
  static PartFile copyOf(WholeDatabase database, Path target, Progress progress) {
    Deadline deadline = Deadline.current();
    return OtherThread.get(
        () -> {
          PartFile part = beside(target);
          try {
            database.copy(
                part.path,
                (pages, total) -> {
                  if (deadline.nanosLeft() > 0) {
                    progress.report(Step.COPY, pages, total);
                  }
                });
            return part;
          } catch (Throwable e) {
            Cleaning.after(e, part::close);
            throw e;
          }
        },
        PartFile::close,
        "the copy of the database");
  }

  /** As accessible as what it is going to replace, or else as any new file is. */
  private static Path create(Path directory, Path target) throws IOException {
    Path path =
        directory.resolve("%s.%s%s".formatted(target.getFileName(), UUID.randomUUID(), ENDING));
    Files.createFile(path);
    PosixFileAttributeView made = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (made != null && Files.exists(target)) {
      made.setPermissions(Files.getPosixFilePermissions(target));
    }
    return path;
  }

  Path path() {
    return path;
  }

  DatabaseFile database() {
    return new DatabaseFile(path);
  }

  /** Deletes the file, unless it was moved. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
      for (String ending : new String[] {"-journal", "-wal", "-shm"}) {
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + ending));
      }
    } catch (IOException e) {
      throw new MaintenanceException(Reason.FILE, "%s can't be deleted: %s".formatted(path, e), e);
    }
  }
}
