package dev.daybook.internal.database;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.access.ConflictRetries;
import dev.daybook.internal.access.ReadOnlyAccess;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.CallerTransactionAccess;
import dev.daybook.internal.transactions.CallersWriting;
import dev.daybook.internal.transactions.HostTransactions;
import dev.daybook.internal.transactions.HostedTransaction;
import dev.daybook.internal.transactions.JdbcTransaction;
import dev.daybook.internal.transactions.NestedTransactions;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionFunction;
import dev.daybook.transaction.TransactionHost;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.Configuration;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of callers: those that they have begun, by a host, by jOOQ or on a connection,
 * and those that they have Daybook begin. Safe for several threads.
 */
final class CallerTransactions {

  private final Lifetime lifetime;
  private final boolean readOnly;
  private final SqlAccess outside;
  private final @Nullable HostTransactions hosts;
  private final @Nullable OpenUses uses;
  private final CallersWriting writing = new CallersWriting();

  /**
   * @param outside where work runs that is in no transaction of a caller's
   * @param host where transactions come from that are not the store's own, if there is such a place
   * @param uses follows what callers open, if anything does
   */
  CallerTransactions(
      Lifetime lifetime,
      boolean readOnly,
      SqlAccess outside,
      @Nullable TransactionHost host,
      @Nullable OpenUses uses) {
    this.lifetime = lifetime;
    this.readOnly = readOnly;
    this.outside = outside;
    this.uses = uses;
    this.hosts =
        host == null
            ? null
            : new HostTransactions(
                host,
                outside,
                lifetime::requireNotClosed,
                failure -> lifetime.open().context().dialect().translate(failure),
                this::join);
  }

  /** Access within the transaction that the thread is in, if a host says so. */
  SqlAccess access() {
    SqlAccess access = hosts == null ? outside : hosts;
    return uses == null ? access : new FollowedAccess(access, uses);
  }

  /** See {@link Database#join(Configuration)}. */
  SqlAccess join(Configuration transaction) {
    OpenDatabase database = lifetime.open();
    requireWritable();
    return CallerTransactionAccess.join(
            transaction, database.context(), database.sql(), database.files(), writing)
        .or(() -> hosts == null ? Optional.empty() : hosts.of(transaction))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the configuration is not inside a jOOQ transaction; expected the one that dsl.transaction(...) passes to its code"));
  }

  /** See {@link Database#join(JdbcTransaction)}. */
  Configuration join(JdbcTransaction transaction) {
    requireWritable();
    Runnable ended = opened("a joined transaction");
    try {
      HostedTransaction joined = join(transaction, ended);
      transaction.listen(joined);
      return joined.configuration();
    } catch (Throwable e) {
      ended.run();
      throw e;
    }
  }

  private HostedTransaction join(HostTransaction transaction, Runnable forget) {
    OpenDatabase database = lifetime.open();
    return HostedTransaction.join(
        transaction, database.context(), database.sql(), database.files(), writing, forget);
  }

  private void requireWritable() {
    if (readOnly) {
      throw ReadOnlyAccess.refusal();
    }
  }

  private Runnable opened(String what) {
    return uses == null ? () -> {} : uses.opened(what);
  }

  /** See {@link Database#transaction}. */
  <T, X extends Exception> T run(TransactionFunction<T, X> work) throws X {
    Runnable ended = opened("a transaction");
    try {
      return hosts == null ? runInNew(work) : hosts.run(work);
    } finally {
      ended.run();
    }
  }

  /** See {@link Database#repeatableTransaction}. */
  <T> T runRepeatable(TransactionFunction<T, RuntimeException> work) {
    if (access().isCallers()) {
      return run(work);
    }
    ConflictRetries retries = new ConflictRetries();
    while (true) {
      try {
        return runInNew(work);
      } catch (TransactionConflictException e) {
        retries.pause(e);
      }
    }
  }

  /** See {@link Database#newTransaction}. */
  <T, X extends Exception> T runInNew(TransactionFunction<T, X> work) throws X {
    requireNotWriting();
    if (hosts != null) {
      return hosts.runInNew(work);
    }
    OpenDatabase database = lifetime.open();
    return database
        .access()
        .transaction(
            session -> {
              Session reading =
                  Session.borrowed(
                      session.connection(), database.context(), session.commitActions());
              try (TransactionWatch watch = session.watch()) {
                NestedTransactions transactions =
                    new NestedTransactions(reading, session, database.sql(), watch);
                try {
                  T result = work.run(transactions.configuration());
                  transactions.requireGoingOn();
                  return result;
                } catch (DataAccessException e) {
                  throw named(e, session);
                } finally {
                  transactions.end();
                }
              }
            });
  }

  /** What jOOQ throws for a statement of the caller's that the call's deadline has cancelled. */
  private static RuntimeException named(DataAccessException failure, Session session) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause != null && session.isCancelled() ? session.failure(cause) : failure;
  }

  /**
   * Makes sure that this thread has not written in a transaction that is still open, where one
   * transaction writes at a time.
   *
   * @throws IllegalStateException if it has
   */
  void requireNotWriting() {
    writing.requireOutside();
  }

  /** See {@link Database#requireOutsideTransaction}. */
  void requireOutside() {
    OpenDatabase database = lifetime.ifOpen();
    if (database != null) {
      database.access().requireOutside();
      if (hosts != null) {
        hosts.requireOutside();
      }
    }
  }
}
