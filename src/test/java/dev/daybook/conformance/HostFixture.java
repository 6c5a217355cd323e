package dev.daybook.conformance;

import dev.daybook.transaction.TransactionHost;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** An application whose transactions are those of one host, as a user would write them. */
public interface HostFixture {

  /** Makes one on a data source. */
  @FunctionalInterface
  interface Maker {
    HostFixture on(DataSource dataSource, SQLDialect family);
  }

  /** Code inside a transaction. */
  @FunctionalInterface
  interface Code {
    void run() throws Exception;
  }

  /** What Daybook is built with. */
  TransactionHost host();

  /** Runs code in the thread's transaction, or in a new one, which is rolled back if it throws. */
  void inTransaction(Code code);

  /** Runs code in a new transaction, while that of the thread is suspended. */
  void inNew(Code code);

  /** Runs code in a savepoint of the thread's transaction, rolled back alone if it throws. */
  void inSavepoint(Code code);

  /** Runs code in a new transaction that only reads. */
  void readOnly(Code code);

  /** Lets the thread's transaction be rolled back at its end, whatever its code does. */
  void markForRollback();

  /** Runs code right after the commit, while the connection is still bound to the thread. */
  void afterCommit(Runnable code);

  /** Inserts an order by the framework's own way to write. */
  void insertOrder(long id);

  /** What the framework injects: jOOQ on the connection of the thread's transaction. */
  DSLContext dsl();
}
