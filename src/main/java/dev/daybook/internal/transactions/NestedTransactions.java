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
import org.jooq.impl.DefaultConfiguration;

/**
 * What jOOQ does for {@code dsl.transaction(...)} inside a transaction that it did not begin: a
 * savepoint. The transaction itself is begun and ended by the store's writer or by a host. jOOQ has
 * its connection from here, too: before each statement, and not when the transaction is over.
 */
public final class NestedTransactions implements TransactionProvider, ConnectionProvider {

  static final String ENDED = "the transaction that this was bound to has ended";

  private final Session reading;
  private final Session writing;
  private final TransactionSql sql;
  private final TransactionWatch watch;
  private final WriteGuard guard;
  private final Deque<Integer> marks = new ArrayDeque<>();
  private volatile boolean ended;

  /**
   * @param reading for the caller's reads, of which one may begin before another has ended
   * @param writing for what is written on the same connection: the writer's own, with all that it
   *     keeps prepared
   * @param watch of that connection
   */
  public NestedTransactions(
      Session reading, Session writing, TransactionSql sql, TransactionWatch watch) {
    this(reading, writing, sql, watch, WriteGuard.NONE);
  }

  NestedTransactions(
      Session reading,
      Session writing,
      TransactionSql sql,
      TransactionWatch watch,
      WriteGuard guard) {
    this.reading = reading;
    this.writing = writing;
    this.sql = sql;
    this.watch = watch;
    this.guard = guard;
  }

  /** What a caller's work in the transaction gets. */
  public Configuration configuration() {
    return new DefaultConfiguration()
        .set((ConnectionProvider) this)
        .set((TransactionProvider) this)
        .set(writing.context().dialect().family());
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
    begin();
  }

  @Override
  public void commit(TransactionContext context) {
    commit();
  }

  @Override
  public void rollback(TransactionContext context) {
    rollback();
  }

  void begin() {
    // jOOQ calls rollback for what could not begin, too.
    marks.push(writing.commitActions().mark());
    requireGoingOn();
    writing.run(sql.savepoint(marks.size()));
  }

  void commit() {
    requireGoingOn();
    writing.run(sql.release(marks.size()));
    marks.pop();
  }

  void rollback() {
    int level = marks.size();
    writing.commitActions().rolledBackTo(marks.pop());
    requireGoingOn();
    writing.run(sql.rollbackTo(level));
    writing.run(sql.release(level));
  }

  /**
   * Says that the transaction is about to end, or has. What is still being read in it ends too: it
   * would keep the connection in the state that it reads.
   */
  public void end() {
    ended = true;
    reading.leave(ENDED);
  }

  WriteGuard guard() {
    return guard;
  }

  Session reading() {
    return reading;
  }

  Session writing() {
    return writing;
  }
}
