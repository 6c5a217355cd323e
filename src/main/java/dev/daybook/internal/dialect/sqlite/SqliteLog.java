package dev.daybook.internal.dialect.sqlite;

import dev.daybook.internal.dialect.WalFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The write-ahead log of a SQLite file. */
final class SqliteLog implements WalFile {

  /**
   * Its size at which a commit moves its pages, if they were not moved before. A page that was
   * changed several times by then is moved once.
   */
  private static final long MOVE_BYTES = 12L << 20;

  /** How much of it is to be moved when that is begun beside the commits. */
  private static final long BEGIN_BYTES = MOVE_BYTES / 2;

  private static final String MOVE_PAGES_SETTING = "wal_autocheckpoint";

  /** The first version that reports the content of the log without moving anything. */
  private static final int TELLING_MAJOR = 3;

  private static final int TELLING_MINOR = 51;
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  private final Path path;

  SqliteLog(Path path) {
    this.path = path;
  }

  /** How many pages it has when a commit moves them. */
  static String movePages(Connection connection) throws SQLException {
    return Long.toString(MOVE_BYTES / pageBytes(connection));
  }

  @Override
  public boolean canBeMovedBeside(Connection connection) throws SQLException {
    return SqlitePragmas.value(connection, "pragma " + MOVE_PAGES_SETTING)
            .equals(movePages(connection))
        && tells(connection.getMetaData().getDatabaseProductVersion());
  }

  @Override
  public boolean isDue(Connection connection, long left) throws SQLException {
    return (unmovedPages(connection, "noop") - left) * pageBytes(connection) >= BEGIN_BYTES;
  }

  @Override
  public long bytes() {
    return path.toFile().length();
  }

  @Override
  public long move(Connection connection) throws SQLException {
    return unmovedPages(connection, "passive");
  }

  @Override
  public boolean empty(Connection connection) throws SQLException {
    String patience = SqlitePragmas.value(connection, "pragma busy_timeout");
    SqlitePragmas.value(connection, "pragma busy_timeout = 0");
    try {
      return unmovedPages(connection, "truncate") == 0 && bytes() == 0;
    } finally {
      SqlitePragmas.value(connection, "pragma busy_timeout = " + patience);
    }
  }

  @Override
  public OptionalLong heldBytes(Connection connection) throws SQLException {
    if (!tells(connection.getMetaData().getDatabaseProductVersion())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(unmovedPages(connection, "noop") * pageBytes(connection));
  }

  /** Older ones take a word that they don't know for an order to move. */
  private static boolean tells(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major > TELLING_MAJOR
        || (major == TELLING_MAJOR && Integer.parseInt(numbers.group(2)) >= TELLING_MINOR);
  }

  private static long pageBytes(Connection connection) throws SQLException {
    return Long.parseLong(SqlitePragmas.value(connection, "pragma page_size"));
  }

  private static long unmovedPages(Connection connection, String how) throws SQLException {
    List<List<String>> counts = new ArrayList<>();
    SqlitePragmas.forEach(connection, "pragma wal_checkpoint(" + how + ")", counts::add);
    List<String> count = counts.get(0);
    return Long.parseLong(count.get(1)) - Long.parseLong(count.get(2));
  }
}
