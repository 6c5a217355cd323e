package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

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
   * The connections that {@link #open} gives a Daybook; empty if it opens the database by itself.
   */
  default Optional<DataSource> storesDataSource() {
    return Optional.empty();
  }

  /**
   * An application's own connections, which know nothing of Daybook: to the same database if it is
   * {@link #isShared()}, otherwise to another one.
   */
  DataSource callersDataSource();

  /** What jOOQ is to speak on the caller's own connections. */
  default SQLDialect family() {
    return SQLDialect.SQLITE;
  }

  /** Whether a backup is made by Daybook, as a file; otherwise by the server's own means. */
  default boolean isBackedUpAsFile() {
    return true;
  }

  /**
   * Whether several transactions can write at a time, each waiting only for one that writes the
   * same. Otherwise each has the whole database for itself from before it reads what it writes.
   */
  default boolean writesInParallel() {
    return false;
  }

  /**
   * Whether each connection may be asked to look after the references between tables or not.
   * Otherwise the database always does.
   */
  default boolean mayIgnoreReferences() {
    return true;
  }

  /**
   * The files of a database that is closed, in the directory of the test: none if the database is
   * in memory, or the server's.
   */
  default int files() {
    return isShared() ? 1 : 0;
  }

  /** Whether a thread belongs to the connections that this lends a Daybook, and not to it. */
  default boolean hasThread(Thread thread) {
    return false;
  }

  /** Fails if something that was handed out has not been closed. All Daybooks are closed by now. */
  void requireNothingLeft();

  /** Drops the database where the test's directory is not all there is of it. */
  @Override
  default void close() {}
}
