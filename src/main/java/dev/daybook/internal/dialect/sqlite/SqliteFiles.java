package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DaybookException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Whole databases as files: copying one that is in use, and putting one in the place of another.
 */
public final class SqliteFiles {

  private static final String MAIN = "main";
  private static final int PAGES_A_STEP = 256;
  private static final int MILLIS_BETWEEN_TRIES = 10;
  private static final int PRIMARY_CODE = 0xff;
  private static final String LOG = "-wal";
  private static final String LOCKS = "-shm";
  private static final String JOURNAL = "-journal";
  private static final List<String> COMPANIONS = List.of(LOG, LOCKS, JOURNAL);

  private SqliteFiles() {}

  /**
   * The file beside a database's that belongs to it, if there is one: a log or a journal. A
   * database that is put beside one that is not its own would be changed by it.
   */
  public static Optional<Path> companion(Path file) {
    return present(file, COMPANIONS).findFirst();
  }

  /** The files beside a database's that exist as long as it is open. */
  static List<Path> logAndLocks(Path file) {
    return present(file, List.of(LOG, LOCKS)).toList();
  }

  /** The file of the locks beside a database's, which exists while a log is in use. */
  static Optional<Path> locks(Path file) {
    return present(file, List.of(LOCKS)).findFirst();
  }

  /** What tells a file from every other one, whichever path or link leads to it. */
  static String identity(Path file) throws SQLException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return (key == null ? file.toRealPath() : key) + "";
    } catch (IOException e) {
      throw new SQLException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The write-ahead log of a database, whether it has one or not. */
  static SqliteLog log(Path file) {
    return new SqliteLog(beside(file, LOG));
  }

  /** How many bytes of a database are not in its file yet. */
  static long outside(Path file) {
    return present(file, List.of(LOG, JOURNAL)).mapToLong(path -> path.toFile().length()).sum();
  }

  private static Stream<Path> present(Path file, List<String> endings) {
    return endings.stream().map(ending -> beside(file, ending)).filter(Files::exists);
  }

  /**
   * Copies the database of a connection into an empty file by SQLite's online backup.
   *
   * <p>The copy is made in steps, for the progress, inside a read transaction: a step that finds
   * the database changed starts again from the first page, so that without it a copy never ends
   * while others keep writing. One step for all pages would do without, but shows no progress;
   * {@code VACUUM INTO} shows none either, and takes twice as long.
   */
  static void copy(
      Connection connection, Path to, Duration patience, BiConsumer<Long, Long> progress)
      throws SQLException {
    Observer observer = new Observer(progress);
    SqlitePragmas.execute(connection, "begin");
    int code;
    try {
      SqlitePragmas.value(connection, "select count(*) from sqlite_master");
      code =
          connection
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup(
                  MAIN,
                  to.toString(),
                  observer::progress,
                  MILLIS_BETWEEN_TRIES,
                  Math.toIntExact(patience.toMillis() / MILLIS_BETWEEN_TRIES),
                  PAGES_A_STEP);
    } finally {
      SqlitePragmas.execute(connection, "rollback");
    }
    if (code != SQLiteErrorCode.SQLITE_OK.code) {
      SQLiteErrorCode reason = SQLiteErrorCode.getErrorCode(code);
      throw new SQLiteException("the copy failed: " + reason, reason);
    }
    observer.rethrow();
  }

  /**
   * Makes a copy a single file: a database keeps its journal mode, and one that has a log opens two
   * files beside it, even to be read.
   */
  public static void makeSingle(Path file) throws SQLException {
    try (Connection connection = SqliteSources.existing(file, Duration.ZERO)) {
      SqlitePragmas.value(connection, "pragma journal_mode = delete");
    }
  }

  /** Writes a file through to the disk. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Puts a file in the place of another in one step, and writes their directory to the disk. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path directory = to.toAbsolutePath().getParent();
    if (directory != null) {
      forceDirectory(directory);
    }
  }

  /**
   * Replaces a database that is not open elsewhere by a file. First SQLite moves the database's log
   * into it and deletes the log, which it does for the only connection; then no other process can
   * open it until it is replaced. If the database is damaged that is not possible, and its log is
   * deleted before it, because SQLite would use a log that stays for the new file.
   *
   * @throws SQLException with {@code SQLITE_BUSY} if it is open elsewhere
   */
  public static void replace(Path database, Path with) throws SQLException, IOException {
    if (!Files.exists(database)) {
      deleteCompanions(database);
      move(with, database);
      return;
    }
    try (Connection connection = SqliteSources.existing(database, Duration.ZERO)) {
      claim(connection);
      deleteCompanions(database);
      move(with, database);
    }
  }

  /** A failure of one of these as an exception of the library. */
  public static DaybookException failure(SQLException failure) {
    return new SqliteDialect().translate(failure);
  }

  private static void claim(Connection connection) throws SQLException {
    try {
      SqlitePragmas.value(connection, "pragma journal_mode = delete");
      SqlitePragmas.execute(connection, "begin exclusive");
    } catch (SQLException e) {
      int code = e.getErrorCode() & PRIMARY_CODE;
      if (code != SQLiteErrorCode.SQLITE_NOTADB.code
          && code != SQLiteErrorCode.SQLITE_CORRUPT.code) {
        throw e;
      }
    }
  }

  private static void deleteCompanions(Path file) throws IOException {
    for (String ending : COMPANIONS) {
      Files.deleteIfExists(beside(file, ending));
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /**
   * Not every system lets a directory be opened; where it does not, a move is on the disk anyway.
   */
  private static void forceDirectory(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Keeps what a listener throws: the code that calls it is not Java and would not stop. */
  private static final class Observer {

    private final BiConsumer<Long, Long> progress;
    private @Nullable Throwable failure;

    Observer(BiConsumer<Long, Long> progress) {
      this.progress = progress;
    }

    void progress(int remaining, int total) {
      if (failure == null) {
        try {
          progress.accept((long) (total - remaining), (long) total);
        } catch (Throwable e) {
          failure = e;
        }
      }
    }

    void rethrow() {
      if (failure != null) {
        SqliteFiles.<RuntimeException>rethrow(failure);
      }
    }
  }

  /** Throws an exception that was caught elsewhere, even if it is checked and not declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void rethrow(Throwable failure) throws X {
    throw (X) failure;
  }
}
