package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A file that Daybook opens by itself. */
public final class SqliteFileFixture implements DatabaseFixture {

  private final Path file;
  private final LeakCheckingDataSource callers;

  public SqliteFileFixture(Path directory) {
    this.file = directory.resolve("journal.db");
    this.callers = LeakCheckingDataSource.closingStatements(SqliteDataSources.file(file));
  }

  @Override
  public Daybook open(Consumer<DaybookBuilder> options) {
    DaybookBuilder builder = Daybook.builder(file);
    options.accept(builder);
    return builder.build();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public DataSource callersDataSource() {
    return callers;
  }

  @Override
  public void requireNothingLeft() {
    callers.requireNothingLeft();
  }
}
