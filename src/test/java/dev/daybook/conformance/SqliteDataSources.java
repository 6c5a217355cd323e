package dev.daybook.conformance;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Data sources as an application would have them: foreign keys off, which is SQLite's default. */
public final class SqliteDataSources {

  private static final int BUSY_TIMEOUT_MILLIS = 30_000;

  private SqliteDataSources() {}

  public static DataSource file(Path file) {
    return of("jdbc:sqlite:" + file);
  }

  public static DataSource memory() {
    return of("jdbc:sqlite::memory:");
  }

  private static DataSource of(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(false);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    SQLiteDataSource dataSource = new SQLiteDataSource(config);
    dataSource.setUrl(url);
    return dataSource;
  }
}
