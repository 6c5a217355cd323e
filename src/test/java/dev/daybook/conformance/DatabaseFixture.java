package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One fresh, empty database for one test, and in what it differs from others. */
public interface DatabaseFixture extends AutoCloseable {

  /** A Daybook on the database; on the same one each time if it is {@link #isShared()}. */
  Daybook open(Consumer<DaybookBuilder> options);

  /** A Daybook with default options. */
  default Daybook open() {
    return open(options -> {});
  }

  /**
   * Whether there is one database behind all Daybooks that this opens, which outlives each of them.
   * Otherwise each has a database of its own, behind one connection.
   */
  boolean isShared();

  /**
   * An application's own connections, which know nothing of Daybook: to the same database if it is
   * {@link #isShared()}, otherwise to another one.
   */
  DataSource callersDataSource();

  /** Fails if something that was handed out has not been closed. All Daybooks are closed by now. */
  void requireNothingLeft();

  /** Drops the database where the test's directory is not all there is of it. */
  @Override
  default void close() {}
}
