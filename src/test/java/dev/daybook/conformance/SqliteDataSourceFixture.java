package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A file behind a data source of the user's, which gets back everything that it hands out. */
public final class SqliteDataSourceFixture implements DatabaseFixture {

  private static final MigratedFile MIGRATED =
      new MigratedFile(file -> Daybook.builder(SqliteDataSources.file(file)).build());

  private final LeakCheckingDataSource stores;
  private final LeakCheckingDataSource callers;

  /** With the tables of a store, as most tests begin. */
  public SqliteDataSourceFixture(Path directory) {
    this(directory, true);
  }

  private SqliteDataSourceFixture(Path directory, boolean migrated) {
    Path file = directory.resolve("journal.db");
    if (migrated) {
      MIGRATED.copyTo(file);
    }
    this.stores = LeakCheckingDataSource.keepingStatements(SqliteDataSources.file(file));
    this.callers = LeakCheckingDataSource.closingStatements(SqliteDataSources.file(file));
  }

  /** Without a file: the first Daybook to be used makes it. */
  public static SqliteDataSourceFixture withoutFile(Path directory) {
    return new SqliteDataSourceFixture(directory, false);
  }

  @Override
  public Daybook open(Consumer<DaybookBuilder> options) {
    DaybookBuilder builder = Daybook.builder(stores);
    options.accept(builder);
    return builder.build();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Optional<DataSource> storesDataSource() {
    return Optional.of(stores);
  }

  @Override
  public DataSource callersDataSource() {
    return callers;
  }

  @Override
  public void requireNothingLeft() {
    stores.requireNothingLeft();
    callers.requireNothingLeft();
  }
}
