package dev.daybook.internal.transactions;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import java.util.List;
import java.util.Map;
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

  private final Session reading;
  private final Session writing;
  private final TransactionSql sql;
  private final Runnable requireGoingOn;

  private CallerTransactionAccess(
      Session reading, Session writing, TransactionSql sql, Runnable requireGoingOn) {
    this.reading = reading;
    this.writing = writing;
    this.sql = sql;
    this.requireGoingOn = requireGoingOn;
  }

  /**
   * Joins the transaction of a configuration.
   *
   * @throws InvalidInputException if it is not inside a jOOQ transaction
   */
  public static CallerTransactionAccess join(
      Configuration configuration, SqlContext context, TransactionSql sql, FileWatch files) {
    if (configuration.transactionProvider() instanceof NestedTransactions own) {
      return new CallerTransactionAccess(own.reading(), own.writing(), sql, own::requireGoingOn);
    }
    if (noted(configuration, CONNECTION) instanceof DefaultConnectionProvider holder) {
      boolean autoCommitFollows = Boolean.TRUE.equals(noted(configuration, AUTO_COMMIT));
      ObservedTransaction observed =
          ObservedTransaction.of(holder, context.dialect(), files, autoCommitFollows);
      Session session = Session.borrowed(observed.connection(), context, observed.actions());
      return new CallerTransactionAccess(session, session, sql, observed::requireGoingOn);
    }
    throw new InvalidInputException(
        "the configuration is not inside a jOOQ transaction; expected the one that dsl.transaction(...) passes to its code");
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
    return watched(running(reading), work);
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> query) {
    Session session = running(reading);
    session.watch(Deadline.current());
    try {
      return Cursor.open(session, query, () -> {});
    } finally {
      session.unwatch();
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return watched(running(writing), running -> write(running, work));
  }

  private <T> T write(Session running, Function<Session, T> work) {
    running.run(sql.savepoint(WRITE_LEVEL));
    int mark = running.commitActions().mark();
    T result;
    try {
      sql.claimWrite().ifPresent(running::run);
      result = work.apply(running);
    } catch (Throwable e) {
      Cleaning.after(
          e,
          () -> {
            running.run(sql.rollbackTo(WRITE_LEVEL));
            running.run(sql.release(WRITE_LEVEL));
          });
      running.commitActions().rolledBackTo(mark);
      throw e;
    }
    running.run(sql.release(WRITE_LEVEL));
    return result;
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

  private Session running(Session session) {
    requireGoingOn.run();
    return session;
  }
}
