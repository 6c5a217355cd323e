package dev.daybook.internal.transactions;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/**
 * What jOOQ does for {@code dsl.transaction(...)} inside a transaction of the store's own: a
 * savepoint. The transaction itself is begun and ended by the store's writer. jOOQ has its
 * connection from here, too: before each statement, and not when the transaction is over.
 */
public final class NestedTransactions implements TransactionProvider, ConnectionProvider {

  static final String ENDED = "the transaction that this was bound to has ended";

  private final Session reading;
  private final Session writing;
  private final TransactionSql sql;
  private final TransactionWatch watch;
  private final Deque<Integer> marks = new ArrayDeque<>();
  private boolean ended;

  /**
   * @param reading for the caller's reads, of which one may begin before another has ended
   * @param writing for what is written on the same connection: the writer's own, with all that it
   *     keeps prepared
   * @param watch of that connection
   */
  public NestedTransactions(
      Session reading, Session writing, TransactionSql sql, TransactionWatch watch) {
    this.reading = reading;
    this.writing = writing;
    this.sql = sql;
    this.watch = watch;
  }

  /** Whether the connection of a transaction of the store's own has broken. */
  public static boolean isLost(Configuration transaction) {
    return transaction.transactionProvider() instanceof NestedTransactions own
        && own.writing.isBroken();
  }

  /**
   * Makes sure that the transaction is open.
   *
   * @throws ClosedException if it has ended, or the store was closed
   * @throws DeadlineException if the deadline of this thread's call has passed
   * @throws DatabaseException if it has been rolled back, and the database would not say so itself
   */
  public void requireGoingOn() {
    if (ended) {
      throw new ClosedException(ENDED);
    }
    writing.requireInTime();
    writing.requireOpen();
    watch.requireGoingOn();
  }

  /**
   * Makes sure that the transaction of another Daybook is one of the same database.
   *
   * @param files the files of that database
   * @throws InvalidInputException if it is in another file
   */
  @SuppressWarnings("ReferenceEquality") // Two Daybooks may have equal ones.
  void requireIn(SqlContext context, FileWatch files) {
    if (writing.context() != context) {
      requireGoingOn();
      try {
        files.requireSame(writing.connection());
      } catch (SQLException e) {
        throw writing.failure(e);
      }
    }
  }

  @Override
  public Connection acquire() {
    requireGoingOn();
    return writing.connection();
  }

  @Override
  public void release(Connection connection) {}

  @Override
  public void begin(TransactionContext context) {
    // jOOQ calls rollback for what could not begin, too.
    marks.push(writing.commitActions().mark());
    requireGoingOn();
    writing.run(sql.savepoint(marks.size()));
  }

  @Override
  public void commit(TransactionContext context) {
    requireGoingOn();
    writing.run(sql.release(marks.size()));
    marks.pop();
  }

  @Override
  public void rollback(TransactionContext context) {
    int level = marks.size();
    writing.commitActions().rolledBackTo(marks.pop());
    requireGoingOn();
    writing.run(sql.rollbackTo(level));
    writing.run(sql.release(level));
  }

  /**
   * Says that the store's writer is about to end the transaction. What is still being read in it
   * ends too: it would keep the writer's connection in the state that it reads.
   */
  public void end() {
    ended = true;
    reading.leave(ENDED);
  }

  Session reading() {
    return reading;
  }

  Session writing() {
    return writing;
  }
}
