package dev.daybook.internal.dialect.sqlite;

import dev.daybook.internal.dialect.AdvisedSetting;
import dev.daybook.internal.dialect.CacheBudget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a file, and of a connection as Daybook has it, that differ from what is advised. What
 * Daybook sets on each connection, and checks, is not among them.
 */
final class SqliteAdvice {

  private static final List<String> SYNCHRONOUS = List.of("off", "normal", "full", "extra");
  private static final int FULL = 2;
  private static final long PAGE_BYTES = 4_096;
  private static final String MOVES_PAGES = "1";

  private final Connection connection;
  private final List<AdvisedSetting> differing = new ArrayList<>();

  private SqliteAdvice(Connection connection) {
    this.connection = connection;
  }

  static List<AdvisedSetting> differing(Connection connection) throws SQLException {
    SqliteAdvice advice = new SqliteAdvice(connection);
    advice.journalMode();
    advice.synchronous();
    advice.pageSize();
    advice.autoVacuum();
    advice.cacheSize();
    return advice.differing;
  }

  private void journalMode() throws SQLException {
    String mode = value("journal_mode");
    if (!mode.equals("wal")) {
      add(
          "journal_mode",
          mode,
          "wal",
          "readers and the writer wait for each other; open the file for writing by a Daybook without wal(false), which sets it");
      return;
    }
    long pages = number("wal_autocheckpoint");
    String advised = SqliteLog.movePages(connection);
    if (pages <= 0 || pages > Long.parseLong(advised)) {
      add(
          "wal_autocheckpoint",
          Long.toString(pages),
          advised,
          "the log grows until another program moves it into the file; unless one does, leave out walCheckpoints(false), or the setting in the data source");
    }
  }

  private void synchronous() throws SQLException {
    int level = Math.toIntExact(number("synchronous"));
    if (level < FULL) {
      differing.add(
          new AdvisedSetting(
              "synchronous",
              SYNCHRONOUS.get(level),
              SYNCHRONOUS.get(FULL),
              "the last commits may be lost when the machine loses its power; leave out synchronous(NORMAL) if they must not be",
              true));
    }
  }

  private void pageSize() throws SQLException {
    long bytes = number("page_size");
    if (bytes < PAGE_BYTES) {
      add(
          "page_size",
          Long.toString(bytes),
          Long.toString(PAGE_BYTES),
          "rows take more pages than they need; while no process has the file open, run in sqlite3: pragma journal_mode = delete; pragma page_size = 4096; vacuum;");
    }
  }

  private void autoVacuum() throws SQLException {
    if (value("auto_vacuum").equals(MOVES_PAGES)) {
      add(
          "auto_vacuum",
          "full",
          "none",
          "each commit that deletes moves pages; while no process has the file open, run in sqlite3: pragma auto_vacuum = none; vacuum; and give space back by `daybook compact`");
    }
  }

  private void cacheSize() throws SQLException {
    long size = number("cache_size");
    long kibibytes = size < 0 ? -size : size * number("page_size") / 1_024;
    if (kibibytes < CacheBudget.UNCHOSEN_KIBIBYTES) {
      add(
          "cache_size",
          kibibytes + " KiB",
          CacheBudget.UNCHOSEN_KIBIBYTES + " KiB or more",
          "pages are read from the file again and again; give cacheSize more, or leave it out of the data source's settings");
    }
  }

  private void add(String setting, String found, String advised, String action) {
    differing.add(new AdvisedSetting(setting, found, advised, action, false));
  }

  private long number(String pragma) throws SQLException {
    return Long.parseLong(value(pragma));
  }

  private String value(String pragma) throws SQLException {
    return SqlitePragmas.value(connection, "pragma " + pragma);
  }
}
