package dev.daybook.internal.transactions;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.CommitActions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Notices how a transaction ends that jOOQ began and will end. jOOQ has no way to join a running
 * transaction and notice its commit; but it commits through the connection that its {@link
 * DefaultConnectionProvider} holds for the transaction, and that one can be replaced. So the
 * connection is wrapped for the rest of the transaction, and put back before jOOQ releases it.
 */
final class ObservedTransaction implements InvocationHandler, WriteGuard {

  private final DefaultConnectionProvider holder;
  private final Connection connection;
  private final TransactionWatch watch;
  private final FileWatch files;
  private final boolean autoCommitFollows;
  private final CallersWriting.@Nullable Writer writer;
  private final CommitActions actions = new CommitActions();
  private final IdentityHashMap<Object, Integer> marks = new IdentityHashMap<>();
  private List<CommitAction> committed = List.of();
  private boolean ended;

  private ObservedTransaction(
      DefaultConnectionProvider holder,
      Dialect dialect,
      Connection connection,
      TransactionWatch watch,
      FileWatch files,
      boolean autoCommitFollows,
      CallersWriting callers) {
    this.holder = holder;
    this.connection = connection;
    this.watch = watch;
    this.files = files;
    this.autoCommitFollows = autoCommitFollows;
    this.writer = dialect.hasOneWriter() ? callers.writer(() -> true) : null;
  }

  /**
   * Observes the transaction whose connection this is, or returns the existing observer.
   *
   * @param autoCommitFollows whether jOOQ is going to switch the connection back to auto-commit
   *     after the commit. Only then is the transaction completely over: a driver may begin the next
   *     transaction with the commit of the last.
   * @throws InvalidInputException if the connection is held for another transaction that is
   *     observed: then jOOQ began this one inside it, without knowing of it; or if it leads to
   *     another file than the watched ones
   */
  static ObservedTransaction of(
      DefaultConnectionProvider holder,
      Dialect dialect,
      FileWatch files,
      boolean autoCommitFollows,
      CallersWriting callers) {
    Connection connection = holder.acquire();
    if (Proxy.isProxyClass(connection.getClass())
        && Proxy.getInvocationHandler(connection) instanceof ObservedTransaction observed) {
      observed.requireHeldBy(holder);
      return observed;
    }
    TransactionWatch watch;
    try {
      files.requireSame(connection);
      watch = dialect.watch(connection);
    } catch (SQLException e) {
      throw dialect.translate(e, connection);
    }
    ObservedTransaction observed =
        new ObservedTransaction(
            holder, dialect, connection, watch, files, autoCommitFollows, callers);
    holder.setConnection(
        (Connection)
            Proxy.newProxyInstance(
                ObservedTransaction.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                observed));
    return observed;
  }

  private void requireHeldBy(DefaultConnectionProvider other) {
    if (other != holder) {
      throw new InvalidInputException(
          "the transaction was begun on a connection that is inside another one, which its commit would commit too;"
              + " expected a nested transaction: tx.dsl().transaction(...)");
    }
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void requireWritable() {
    if (writer != null) {
      writer.requireWritable();
    }
  }

  @Override
  public void writes() {
    if (writer != null && !ended) {
      writer.writes();
    }
  }

  CommitActions actions() {
    return actions;
  }

  /**
   * Makes sure that the transaction is open.
   *
   * @throws ClosedException if it has ended
   * @throws DatabaseException if it has been rolled back, and the database would not say so itself
   */
  void requireGoingOn() {
    if (ended) {
      throw new ClosedException(NestedTransactions.ENDED);
    }
    watch.requireGoingOn();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    Object argument = args == null || args.length == 0 ? null : args[0];
    Step step = Step.of(method.getName(), argument);
    before(step);
    Object result;
    try {
      result = method.invoke(connection, args);
    } catch (InvocationTargetException e) {
      if (step == Step.ROLLBACK) {
        rolledBack();
      }
      throw e.getCause() == null ? e : e.getCause();
    }
    after(step, argument, result);
    return result;
  }

  /** What a call of a connection's method means for its transaction. */
  private enum Step {
    MARK,
    ROLLBACK_TO_MARK,
    ROLLBACK,
    COMMIT,
    RELEASE,
    OTHER;

    static Step of(String method, @Nullable Object argument) {
      return switch (method) {
        case "setSavepoint" -> MARK;
        case "rollback" -> argument == null ? ROLLBACK : ROLLBACK_TO_MARK;
        case "commit" -> COMMIT;
        case "close" -> RELEASE;
        case "setAutoCommit" -> Boolean.TRUE.equals(argument) ? RELEASE : OTHER;
        default -> OTHER;
      };
    }
  }

  private void before(Step step) throws SQLException {
    switch (step) {
      case COMMIT -> {
        requireNotEnded();
        watch.requireCommittable();
      }
      case ROLLBACK -> watch.beforeRollback();
      case RELEASE -> end();
      default -> {}
    }
  }

  /**
   * The transaction may have been rolled back without jOOQ, which would then commit nothing
   * silently.
   */
  private void requireNotEnded() throws SQLException {
    if (ended) {
      throw new SQLException("the transaction has been rolled back already; nothing is committed");
    }
  }

  private void after(Step step, @Nullable Object argument, @Nullable Object result) {
    switch (step) {
      case MARK -> marks.put(result, actions.mark());
      // A savepoint older than the observation rolls back all that was observed.
      case ROLLBACK_TO_MARK -> actions.rolledBackTo(marks.getOrDefault(argument, 0));
      case ROLLBACK -> rolledBack();
      case COMMIT -> committed();
      case RELEASE -> letGo();
      case OTHER -> {}
    }
  }

  private void committed() {
    try {
      files.look();
    } catch (DatabaseMovedException e) {
      rolledBack();
      throw e;
    }
    end();
    committed = actions.take();
    committed.forEach(CommitAction::committed);
    if (!autoCommitFollows) {
      letGo();
    }
  }

  private void rolledBack() {
    end();
    actions.rolledBack();
    if (!autoCommitFollows) {
      letGo();
    }
  }

  private void end() {
    ended = true;
    if (writer != null) {
      writer.ended();
    }
    watch.close();
  }

  private void letGo() {
    holder.setConnection(connection);
    List<CommitAction> actionsOfCommit = committed;
    committed = List.of();
    actionsOfCommit.forEach(CommitAction::released);
  }
}
