package dev.daybook.internal.transactions;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.CommitActions;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/** What one Daybook does in a transaction that a host has begun, and will end. */
public final class HostedTransaction implements HostTransaction.Listener, WriteGuard {

  private final HostTransaction host;
  private final Connection connection;
  private final SqlContext context;
  private final FileWatch files;
  private final TransactionWatch watch;
  private final CommitActions actions = new CommitActions();
  private final IdentityHashMap<Object, Integer> marks = new IdentityHashMap<>();
  private final CallersWriting.@Nullable Writer writer;
  private final NestedTransactions transactions;
  private final CallerTransactionAccess access;
  private final Runnable forget;
  private boolean wrote;
  private volatile boolean committing;
  private volatile @Nullable DaybookException refusal;
  private volatile boolean ended;

  private HostedTransaction(
      HostTransaction host,
      Connection connection,
      SqlContext context,
      TransactionSql sql,
      FileWatch files,
      CallersWriting callers,
      Runnable forget)
      throws SQLException {
    Dialect dialect = context.dialect();
    this.host = host;
    this.connection = connection;
    this.context = context;
    this.files = files;
    this.watch = dialect.watch(connection);
    this.writer = dialect.hasOneWriter() ? callers.writer(this::isOpen) : null;
    Session session = Session.borrowed(connection, context, actions);
    this.transactions = new NestedTransactions(session, session, sql, watch, this);
    this.access = CallerTransactionAccess.of(transactions, context, sql);
    this.forget = forget;
  }

  /**
   * Takes part in a transaction. To be added to its listeners, for its end.
   *
   * @param callers where one transaction writes at a time, learns which thread has written in it
   * @param forget called once it has ended
   * @throws InvalidInputException if its connection commits by itself, or leads to another file
   */
  public static HostedTransaction join(
      HostTransaction host,
      SqlContext context,
      TransactionSql sql,
      FileWatch files,
      CallersWriting callers,
      Runnable forget) {
    try {
      Connection connection = host.connection();
      if (connection.getAutoCommit()) {
        throw new InvalidInputException(
            "the connection is in no transaction: it commits each statement by itself; expected one whose auto-commit is off");
      }
      files.requireSame(connection);
      return new HostedTransaction(host, connection, context, sql, files, callers, forget);
    } catch (SQLException e) {
      throw context.dialect().translate(e);
    }
  }

  /** Access within the transaction. */
  public SqlAccess access() {
    return access;
  }

  /** What jOOQ is given to take part as well: inside it, a nested transaction is a savepoint. */
  public Configuration configuration() {
    return transactions.configuration();
  }

  /** Whether a connection is the transaction's, however it is wrapped. */
  boolean isOn(Connection other) throws SQLException {
    Dialect dialect = context.dialect();
    return dialect.driverConnection(connection) == dialect.driverConnection(other);
  }

  /** Runs work in a part of the transaction that is rolled back alone if the work throws. */
  <T, X extends Exception> T runPart(TransactionFunction<T, X> work) throws X {
    transactions.begin();
    T result;
    try {
      result = work.run(configuration());
    } catch (Throwable e) {
      Cleaning.after(e, transactions::rollback);
      throw e;
    }
    transactions.commit();
    return result;
  }

  /** Runs work that is the whole transaction. It may write from its start. */
  <T, X extends Exception> T runWhole(TransactionFunction<T, X> work) throws X {
    if (writer != null) {
      access.claim();
    }
    T result = work.run(configuration());
    transactions.requireGoingOn();
    return result;
  }

  @Override
  public void requireWritable() {
    if (host.isReadOnly()) {
      throw new ReadOnlyException(
          "the transaction that this thread is in was begun only to read; expected one that may write",
          null);
    }
    if (writer != null) {
      writer.requireWritable();
    }
  }

  @Override
  public void writes() {
    wrote = true;
    if (writer != null && !ended) {
      writer.writes();
    }
  }

  /** What has been rolled back without the host would be committed as nothing, silently. */
  @Override
  public void beforeCommit() {
    committing = true;
    if (wrote) {
      try {
        requireCommittable();
      } catch (DaybookException e) {
        refusal = e;
        throw e;
      }
    }
  }

  private void requireCommittable() {
    transactions.requireGoingOn();
    try {
      watch.requireCommittable();
    } catch (SQLException e) {
      throw context.dialect().translate(e);
    }
  }

  /**
   * Why the commit was refused, if it was. A host that can't roll back then, because the connection
   * is lost, throws what its rollback did.
   */
  @Nullable DaybookException refusal() {
    return refusal;
  }

  @Override
  public void savepointSet(Object savepoint) {
    marks.put(savepoint, actions.mark());
  }

  /** A savepoint older than the first use rolls back all that was done. */
  @Override
  public void rolledBackTo(Object savepoint) {
    actions.rolledBackTo(marks.getOrDefault(savepoint, 0));
  }

  @Override
  public void ended(HostTransaction.Outcome outcome) {
    if (ended) {
      return;
    }
    ended = true;
    forget.run();
    if (writer != null) {
      writer.ended();
    }
    transactions.end();
    watch.close();
    switch (outcome) {
      case COMMITTED -> committed();
      case ROLLED_BACK -> rolledBack();
      case UNKNOWN -> actions.unsure();
    }
  }

  /**
   * A host whose commit has failed may take that for a rollback, though only the answer was lost.
   */
  private void rolledBack() {
    if (committing) {
      actions.unsure();
    } else {
      actions.rolledBack();
    }
  }

  private void committed() {
    try {
      files.look();
    } catch (DatabaseMovedException e) {
      actions.rolledBack();
      throw e;
    }
    if (host.reportsSavepoints()) {
      List<CommitAction> committed = actions.take();
      committed.forEach(CommitAction::committed);
      committed.forEach(CommitAction::released);
    } else {
      actions.unsure();
    }
  }

  /** Whether it is, even if its owner has forgotten to say that it is not. */
  private boolean isOpen() {
    try {
      return !ended && !connection.isClosed() && !connection.getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }
}
