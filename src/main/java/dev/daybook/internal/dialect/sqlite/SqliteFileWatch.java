package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares the inodes of a database's file, its log and the file of its locks with those that were
 * opened. To ask the system about one file takes a twentieth of the time that a single append takes
 * without waiting for the disk; so what was seen a moment ago is not asked again.
 */
final class SqliteFileWatch implements FileWatch {

  /** How old the last check of the database's file may be. */
  private static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /**
   * How old the last check of the files beside it may be; they have no meaning without the
   * database.
   */
  private static final long MOMENT_BESIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Of a database in memory, to which no other connection can lead. */
  static final FileWatch PRIVATE =
      new FileWatch() {
        @Override
        public void look() {}

        @Override
        public void requireInPlace() {}

        @Override
        public void requireSame(Connection connection) throws SQLException {
          throw another(SqliteDialect.file(connection), "its own database in memory");
        }
      };

  private record Opened(Path path, Object key) {

    void requireInPlace() throws IOException {
      if (!key.equals(keyOf(path))) {
        throw new IOException("another file has this name now");
      }
    }
  }

  private final Opened database;
  private final List<Opened> beside;
  private volatile long seen;
  private volatile long seenBeside;
  private volatile @Nullable IOException moved;

  private SqliteFileWatch(Opened database, List<Opened> beside) {
    this.database = database;
    this.beside = beside;
    this.seenBeside = System.nanoTime() - MOMENT_BESIDE_NANOS;
    this.seen = seenBeside;
  }

  /**
   * Watches files that have just been opened. Where files have no keys, an open one can't be
   * deleted.
   *
   * @param file the path that was opened
   * @param database where that leads to, as SQLite says; its log is beside that
   */
  static FileWatch of(Path file, Path database) throws IOException {
    Object key = keyOf(file);
    if (key == null) {
      return NONE;
    }
    List<Opened> beside = new ArrayList<>();
    for (Path companion : SqliteFiles.logAndLocks(database)) {
      beside.add(new Opened(companion, Objects.requireNonNull(keyOf(companion))));
    }
    return new SqliteFileWatch(new Opened(file, key), List.copyOf(beside));
  }

  @Override
  public void requireInPlace() {
    if (moved != null) {
      throw movedAway();
    }
  }

  @Override
  public void requireSame(Connection connection) throws SQLException {
    String file = SqliteDialect.file(connection);
    if (file.isEmpty() || !isSame(Path.of(file))) {
      throw another(file, database.path().toString());
    }
  }

  private static InvalidInputException another(String file, String own) {
    return new InvalidInputException(
        "the transaction is one of %s, and this Daybook is open on %s; expected a transaction of the same database"
            .formatted(file.isEmpty() ? "another database in memory" : file, own));
  }

  private boolean isSame(Path file) {
    try {
      return Files.isSameFile(file, database.path());
    } catch (IOException e) {
      // One of them was deleted, which the next check notices.
      return true;
    }
  }

  @Override
  public void look() {
    requireInPlace();
    long now = System.nanoTime();
    if (now - seen < MOMENT_NANOS) {
      return;
    }
    try {
      database.requireInPlace();
      seen = now;
      if (now - seenBeside >= MOMENT_BESIDE_NANOS) {
        for (Opened file : beside) {
          file.requireInPlace();
        }
        seenBeside = now;
      }
    } catch (IOException e) {
      moved = e;
      throw movedAway();
    }
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private DatabaseMovedException movedAway() {
    return new DatabaseMovedException(
        "%s, or its log, is no longer the file that was opened: it was deleted, renamed or replaced; close this Daybook and open it again"
            .formatted(database.path()),
        moved);
  }
}
