package dev.daybook.benchmark.reference;

import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * SQLite with the settings that Daybook uses: a write-ahead log, foreign keys, no key read back.
 */
public final class SqliteReference implements ReferenceDialect {

  /** As much as the reader has that a Daybook uses most. */
  private static final int CACHE_KIBIBYTES = 16_384;

  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final Synchronous durability;

  public SqliteReference(Path file, Synchronous durability) {
    this.file = file;
    this.durability = durability;
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public Connection connectWriter() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(durability.name()));
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    config.setCacheSize(-CACHE_KIBIBYTES);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  @Override
  public Connection connectReader() throws SQLException {
    Connection connection = connectWriter();
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma query_only = 1");
    }
    return connection;
  }

  @Override
  public long read(Connection reader, LongRead read) throws SQLException {
    return read.run();
  }

  @Override
  public Transaction transaction(Connection connection) throws SQLException {
    return new SqliteTransaction(connection);
  }

  @Override
  public EventInserts inserts(Connection connection) throws SQLException {
    return new SqliteInserts(connection);
  }

  @Override
  public int fetchSize() {
    return 0;
  }
}
