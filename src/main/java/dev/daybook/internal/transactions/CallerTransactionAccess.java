package dev.daybook.internal.transactions;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Work inside a caller's transaction: on its connection and no other. Each write is a savepoint, so
 * that a failed write leaves nothing.
 */
public final class CallerTransactionAccess implements SqlAccess {

  private static final int WRITE_LEVEL = 0;

  /** The holder of the connection of jOOQ's transaction. */
  private static final String CONNECTION = "DATA_DEFAULT_TRANSACTION_PROVIDER_CONNECTION";

  /** Whether jOOQ has switched auto-commit off for its transaction. */
  private static final String AUTO_COMMIT = "DATA_DEFAULT_TRANSACTION_PROVIDER_AUTOCOMMIT";

  private final Session cursors;
  private final Session reading;
  private final Session writing;
  private final TransactionSql sql;
  private final Dialect dialect;
  private final Runnable requireGoingOn;
  private final WriteGuard guard;
  private final boolean inParts;

  /**
   * @param cursors for reads of which one may begin before another has ended
   * @param reading for the other reads
   * @param inParts whether a write may fail alone
   */
  private CallerTransactionAccess(
      Session cursors,
      Session reading,
      Session writing,
      TransactionSql sql,
      Dialect dialect,
      Runnable requireGoingOn,
      WriteGuard guard,
      boolean inParts) {
    this.cursors = cursors;
    this.reading = reading;
    this.writing = writing;
    this.sql = sql;
    this.dialect = dialect;
    this.requireGoingOn = requireGoingOn;
    this.guard = guard;
    this.inParts = inParts;
  }

  /**
   * Joins the transaction of a configuration.
   *
   * @param callers where one transaction writes at a time, learns which thread has written in it
   * @return empty if it is not inside a jOOQ transaction
   * @throws InvalidInputException if it is in one of another file
   */
  public static Optional<SqlAccess> join(
      Configuration configuration,
      SqlContext context,
      TransactionSql sql,
      FileWatch files,
      CallersWriting callers) {
    if (configuration.transactionProvider() instanceof NestedTransactions own) {
      own.requireIn(context, files);
      return Optional.of(of(own, own.reading(), context, sql, true));
    }
    if (configuration.transactionProvider() instanceof AllOrNothing whole) {
      NestedTransactions own = whole.transactions();
      own.requireIn(context, files);
      return Optional.of(of(own, own.writing(), context, sql, false));
    }
    if (noted(configuration, CONNECTION) instanceof DefaultConnectionProvider holder) {
      boolean autoCommitFollows = Boolean.TRUE.equals(noted(configuration, AUTO_COMMIT));
      ObservedTransaction observed =
          ObservedTransaction.of(holder, context.dialect(), files, autoCommitFollows, callers);
      Session session = Session.borrowed(observed.connection(), context, observed.actions());
      return Optional.of(
          new CallerTransactionAccess(
              session,
              session,
              session,
              sql,
              context.dialect(),
              observed::requireGoingOn,
              observed,
              true));
    }
    return Optional.empty();
  }

  /** Work inside a transaction that jOOQ did not begin. */
  static CallerTransactionAccess of(
      NestedTransactions transactions, SqlContext context, TransactionSql sql) {
    return of(transactions, transactions.reading(), context, sql, true);
  }

  private static CallerTransactionAccess of(
      NestedTransactions transactions,
      Session reading,
      SqlContext context,
      TransactionSql sql,
      boolean inParts) {
    return new CallerTransactionAccess(
        transactions.reading(),
        reading,
        transactions.writing(),
        sql,
        context.dialect(),
        transactions::requireGoingOn,
        transactions.guard(),
        inParts);
  }

  /** What jOOQ has stored about its transaction, by its own key. */
  private static @Nullable Object noted(Configuration configuration, String name) {
    for (Map.Entry<Object, Object> entry : configuration.data().entrySet()) {
      if (entry.getKey() instanceof Enum<?> key && key.name().equals(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    Session running = running(reading);
    try {
      return watched(running, work);
    } catch (DatabaseException e) {
      throw named(e);
    }
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> query) {
    Session session = running(cursors);
    session.watch(Deadline.current());
    try {
      return Cursor.open(session, query, () -> {});
    } catch (DatabaseException e) {
      throw named(e);
    } finally {
      session.unwatch();
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return watched(running(writing), running -> write(running, work));
  }

  /** Takes the right to write, where one transaction has it at a time. */
  void claim() {
    write(session -> session);
  }

  private <T> T write(Session running, Function<Session, T> work) {
    guard.requireWritable();
    return inParts ? inPart(running, work) : claimed(running, work);
  }

  /** Runs work in a transaction that has the right to write, or takes it. */
  private <T> T claimed(Session running, Function<Session, T> work) {
    if (guard != WriteGuard.NONE) {
      sql.claimWrite().ifPresent(running::run);
    }
    guard.writes();
    return work.apply(running);
  }

  /** Runs work of which nothing is left in the transaction if it fails. */
  private <T> T inPart(Session running, Function<Session, T> work) {
    running.run(sql.savepoint(WRITE_LEVEL));
    int mark = running.commitActions().mark();
    try {
      T result = claimed(running, work);
      running.run(sql.release(WRITE_LEVEL));
      return result;
    } catch (Throwable e) {
      running.cleanUp();
      Cleaning.after(
          e,
          () -> {
            running.run(sql.rollbackTo(WRITE_LEVEL));
            running.run(sql.release(WRITE_LEVEL));
          });
      running.commitActions().rolledBackTo(mark);
      if (e instanceof DatabaseException failure) {
        throw named(failure);
      }
      throw e;
    }
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    write(
        session -> {
          request.outcome().begin();
          if (!writer.fitsOneStatement(request) || !writer.writeAtOnce(session, request)) {
            request.outcome().requireNotFailed();
            request.outcome().begin();
            writer.write(session, List.of(request));
            request.outcome().requireNotFailed();
          }
          return request;
        });
  }

  @Override
  public boolean isCallers() {
    return true;
  }

  private static <T> T watched(Session session, Function<Session, T> work) {
    session.watch(Deadline.current());
    try {
      return work.apply(session);
    } finally {
      session.unwatch();
    }
  }

  /** A table that is missing is in another database. */
  private DaybookException named(DatabaseException failure) {
    return failure.getCause() instanceof SQLException cause && dialect.saysMissingTable(cause)
        ? new InvalidInputException(
            "the transaction sees no tables of this Daybook (%s); expected a transaction of the database, and with the schemas, that this Daybook was opened with"
                .formatted(cause.getMessage()),
            failure)
        : failure;
  }

  private Session running(Session session) {
    requireGoingOn.run();
    return session;
  }
}
