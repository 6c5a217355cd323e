package dev.daybook.journal.internal.read;

import dev.daybook.Daybook;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.fixture.SqliteWork;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Counts the steps of SQLite's virtual machine. */
final class SqliteMeter implements Meter {

  /** A row costs about two dozen steps: find it, take its nine columns, hand it over. */
  private static final int STEPS_PER_ROW = 50;

  /** Entering a statement, and looking one row beyond the last. */
  private static final int STEPS_PER_STATEMENT = 200;

  private final RecordingDataSource dataSource;

  SqliteMeter(Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("scale.db");
    this.dataSource = new RecordingDataSource(() -> DriverManager.getConnection(url));
  }

  @Override
  public Daybook open() {
    return Daybook.builder(dataSource).synchronous(Synchronous.NORMAL).build();
  }

  @Override
  public void settle() {}

  @Override
  public long costOf(Runnable work) throws SQLException {
    return SqliteWork.stepsOf(dataSource.connections(), work);
  }

  @Override
  public long mostForEvents(int events) {
    return STEPS_PER_STATEMENT + (long) STEPS_PER_ROW * events;
  }

  @Override
  public long mostForIds(int ids) {
    return mostForEvents(ids);
  }

  /** The connection that reads. */
  Connection reader() {
    return dataSource.connections().get(1);
  }

  @Override
  public void close() {}
}
