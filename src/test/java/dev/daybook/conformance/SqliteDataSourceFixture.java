package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A file behind a data source of the user's, which gets back everything that it hands out. */
public final class SqliteDataSourceFixture implements DatabaseFixture {

  private final LeakCheckingDataSource stores;
  private final LeakCheckingDataSource callers;

  public SqliteDataSourceFixture(Path directory) {
    Path file = directory.resolve("journal.db");
    this.stores = LeakCheckingDataSource.keepingStatements(SqliteDataSources.file(file));
    this.callers = LeakCheckingDataSource.closingStatements(SqliteDataSources.file(file));
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
