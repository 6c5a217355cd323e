package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A file that Daybook opens by itself. */
public final class SqliteFileFixture implements DatabaseFixture {

  private static final MigratedFile MIGRATED = new MigratedFile(Daybook::open);

  private final Path file;
  private final LeakCheckingDataSource callers;

  /** With the tables of a store, as most tests begin. */
  public SqliteFileFixture(Path directory) {
    this(directory, true);
  }

  private SqliteFileFixture(Path directory, boolean migrated) {
    this.file = directory.resolve("journal.db");
    if (migrated) {
      MIGRATED.copyTo(file);
    }
    this.callers = LeakCheckingDataSource.closingStatements(SqliteDataSources.file(file));
  }

  /** Without a file: the first Daybook to be used makes it. */
  public static SqliteFileFixture withoutFile(Path directory) {
    return new SqliteFileFixture(directory, false);
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
