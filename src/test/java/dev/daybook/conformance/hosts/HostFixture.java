package dev.daybook.conformance.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.transaction.TransactionHost;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** An application whose transactions are those of one host, as a user would write them. */
interface HostFixture extends AutoCloseable {

  /** Makes one on a data source. */
  @FunctionalInterface
  interface Maker {

    HostFixture on(DataSource dataSource, SQLDialect family);
  }

  /** Code inside a transaction. */
  @FunctionalInterface
  interface Code {

    void run() throws Exception;

    /** Runs it, and shows what it throws as an unchecked exception. */
    default void unchecked() {
      try {
        run();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What Daybook is built with. */
  TransactionHost host();

  /** The data source that the application has, and would open a Daybook on. */
  DataSource dataSource();

  /** How many of the application's connections are in use, of those that a pool has. */
  default int connectionsInUse(HikariDataSource pool) {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /**
   * Waits until the database has rolled back a transaction whose commit it has refused. A pool may
   * do that by closing the connection on a thread of its own.
   */
  default void awaitRollback() {}

  /** Runs code in the thread's transaction, or in a new one, which is rolled back if it throws. */
  void inTransaction(Code code);

  /** Runs code in a new transaction, while that of the thread is suspended. */
  void inNew(Code code);

  /**
   * Runs code in a savepoint of the thread's transaction, rolled back alone if it throws. For those
   * hosts whose suites have it.
   *
   * @throws UnsupportedOperationException if the host has no savepoints
   */
  default void inSavepoint(Code code) {
    throw new UnsupportedOperationException("no savepoints");
  }

  /**
   * Runs code in a new transaction that only reads. For those hosts whose suites have it.
   *
   * @throws UnsupportedOperationException if the host has no such transactions
   */
  default void readOnly(Code code) {
    throw new UnsupportedOperationException("no transactions that only read");
  }

  /** Lets the thread's transaction be rolled back at its end, whatever its code does. */
  void markForRollback();

  /** Runs code right after the commit, while the connection is still bound to the thread. */
  void afterCommit(Runnable code);

  /** Inserts an order by the framework's own way to write. */
  void insertOrder(long id);

  /** What the framework injects: jOOQ on the connection of the thread's transaction. */
  DSLContext dsl();

  /** Ends the application. */
  @Override
  default void close() {}
}
