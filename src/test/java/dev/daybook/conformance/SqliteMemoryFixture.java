package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A database in memory for each Daybook, behind the one connection that it has. */
public final class SqliteMemoryFixture implements DatabaseFixture {

  private final LeakCheckingDataSource callers =
      LeakCheckingDataSource.closingStatements(SqliteDataSources.memory());

  private final Consumer<DaybookBuilder> always;

  public SqliteMemoryFixture() {
    this(options -> {});
  }

  /**
   * @param always options of each Daybook, before its own
   */
  public SqliteMemoryFixture(Consumer<DaybookBuilder> always) {
    this.always = always;
  }

  @Override
  public Daybook open(Consumer<DaybookBuilder> options) {
    DaybookBuilder builder = Daybook.builder(Path.of(":memory:"));
    always.andThen(options).accept(builder);
    return builder.build();
  }

  @Override
  public boolean isShared() {
    return false;
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
