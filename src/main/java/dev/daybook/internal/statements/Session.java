package dev.daybook.internal.statements;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.TransactionWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, on which statements are run. For one thread at a time; only {@link #abort()} and
 * {@link #leave} may come from another.
 */
public final class Session implements AutoCloseable {

  private static final String WITH_DAYBOOK = "the Daybook was closed while it was in use";

  private final Connection connection;
  private final SqlContext context;
  private final @Nullable ConnectionSettings before;
  private final PreparedStatements statements;
  private final CommitActions commitActions;
  private @Nullable Boolean severalAtOnce;
  private boolean wrongServer;
  private volatile @Nullable String closed;
  private final SessionWatch watch = new SessionWatch(this);
  private boolean commits;

  private Session(
      Connection connection,
      SqlContext context,
      @Nullable ConnectionSettings before,
      boolean keepsStatements,
      CommitActions commitActions) {
    this.connection = connection;
    this.context = context;
    this.before = before;
    this.statements = new PreparedStatements(connection, context.dialect(), keepsStatements);
    this.commitActions = commitActions;
  }

  /**
   * On a connection of the store's own, where statements stay prepared.
   *
   * @param before the settings to put back when the connection is closed
   */
  public static Session own(Connection connection, SqlContext context, ConnectionSettings before) {
    return new Session(connection, context, before, true, new CommitActions());
  }

  /**
   * On a connection that the store has for a while, and gives back by closing it.
   *
   * @param before the settings to put back then
   */
  public static Session lent(Connection connection, SqlContext context, ConnectionSettings before) {
    return new Session(connection, context, before, false, new CommitActions());
  }

  /** On a connection that goes back to its owner, on which nothing may stay. */
  public static Session borrowed(
      Connection connection, SqlContext context, CommitActions commitActions) {
    return new Session(connection, context, null, false, commitActions);
  }

  /** What it shares with the other sessions of its database. */
  public SqlContext context() {
    return context;
  }

  /**
   * To check a database before its first use: on a connection of others, and without the SQL
   * listener.
   */
  public static Session unheard(Connection connection, Dialect dialect) {
    return borrowed(connection, new SqlContext(dialect, sql -> {}), new CommitActions());
  }

  public Connection connection() {
    return connection;
  }

  /** What is asked of the dialect, with a connection. */
  @FunctionalInterface
  public interface Question<T> {
    T of(Connection connection) throws SQLException;
  }

  /** The answer on this connection. */
  public <T> T ask(Question<T> question) {
    try {
      return question.of(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** What is done by the dialect or the driver, on a connection. */
  @FunctionalInterface
  public interface Act {
    void on(Connection connection) throws SQLException;
  }

  /** Does something on this connection. */
  public void act(Act act) {
    try {
      act.on(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Watches the current transaction of this connection. */
  public TransactionWatch watch() {
    return ask(context.dialect()::watch);
  }

  /** Begins a transaction, by the first statement that follows. */
  public void begin() {
    act(it -> it.setAutoCommit(false));
  }

  /** Rolls the transaction back that {@link #begin} has begun. */
  public void rollBack() {
    act(Connection::rollback);
  }

  /**
   * Cancels what this thread runs here from now on when its call's deadline passes, or it is
   * interrupted. Without a deadline it does nothing. Each call must be followed by {@link
   * #unwatch}.
   */
  public void watch(Deadline deadline) {
    watch.begin(deadline);
  }

  /** Ends the watch, if there is one. */
  public void unwatch() {
    watch.end();
  }

  /** Whether what this thread runs here was cancelled, or is about to be. */
  public boolean isCancelled() {
    return watch.hasCancelled();
  }

  /**
   * Makes sure that this thread has time left to run something here.
   *
   * @throws DeadlineException if the deadline of its call has passed
   * @throws WaitInterruptedException if what it ran here was cancelled by an interrupt
   */
  public void requireInTime() {
    watch.requireLeft("the work of its transaction");
  }

  /** Lets statements clean up after a failure, also if the deadline has passed. */
  public void cleanUp() {
    watch.notice();
  }

  /** Says that what is run from now on may commit, so that its failure may leave that unknown. */
  public void committing() {
    commits = true;
  }

  public CommitActions commitActions() {
    return commitActions;
  }

  /**
   * A script that is going to be used again and again. On a connection of the store's own its
   * statements stay prepared, so one use of it must end before the next begins.
   */
  public Execution prepare(Script script) {
    return prepare(script, script.isSeveral() && isOutsideTransaction(), false);
  }

  /** A script that was rendered for this one use. */
  public Execution prepareOnce(Script script) {
    return prepare(script, script.isSeveral() && isOutsideTransaction(), true);
  }

  /** A query and what is asked before it, with its parameters set. */
  Execution prepare(RowQuery<?> query) {
    Execution execution = prepare(query.script(), false, query.once());
    try {
      query.parameters().accept(execution);
      return execution;
    } catch (Throwable e) {
      Cleaning.after(e, execution::close);
      throw e;
    }
  }

  private Execution prepare(Script script, boolean commits, boolean once) {
    if (!this.commits) {
      watch.requireNotCancelled();
    }
    List<SqlText> texts = script.texts(script.isSeveral() && takesSeveralAtOnce(), commits);
    Execution execution = new Execution(this, script, texts, commits, statements.keeps() && !once);
    try {
      for (SqlText text : texts) {
        execution.add(statements.of(text, once));
      }
      return execution;
    } catch (SQLException e) {
      DaybookException failure = failure(e);
      Cleaning.after(failure, execution::close);
      throw failure;
    }
  }

  /** Reads all rows of a query. */
  public <T> List<T> list(RowQuery<T> query) {
    try (Execution execution = prepare(query)) {
      return execution.list(query);
    }
  }

  /** Runs a statement that has no parameters to set. */
  public void run(Script script) {
    try (Execution execution = prepare(script)) {
      execution.update();
    }
  }

  /** The same, for one that may return rows, which are not used. */
  public void perform(Script script) {
    try (Execution execution = prepare(script)) {
      execution.run();
    }
  }

  /** How many milliseconds a statement waits for the locks of other connections. */
  public long lockTimeoutMillis() {
    return ask(context.dialect()::lockTimeoutMillis);
  }

  public void setLockTimeoutMillis(long millis) {
    act(it -> context.dialect().setLockTimeoutMillis(it, millis));
  }

  /** A number that changes when another connection has committed. */
  public long changeCounter() {
    return ask(context.dialect()::changeCounter);
  }

  PreparedStatements statements() {
    return statements;
  }

  /**
   * Closes what has been left open, on a connection that its owner continues to use.
   *
   * @param why the reason for readers that continue
   */
  public void leave(String why) {
    closed = why;
    statements.closeUsed();
  }

  /** Closes the statements that are kept prepared; what was left running ends with them. */
  public void forgetStatements() {
    act(it -> statements.closeKept());
  }

  /**
   * Makes sure that this is open and its connection was not left.
   *
   * @throws ClosedException otherwise
   */
  public void requireOpen() {
    String why = closed;
    if (why != null) {
      throw new ClosedException(why);
    }
  }

  /** Whether this is open: neither closed nor cancelled, and its connection not left. */
  public boolean isOpen() {
    return closed == null;
  }

  /** Whether the connection has broken: then its driver has closed it. */
  public boolean isBroken() {
    return ask(Connection::isClosed);
  }

  /** A failure of this session as an exception of the library. */
  public DaybookException failure(SQLException failure) {
    return watch.hasCancelled()
        ? watch.failure(commits && !context.dialect().isRefusal(failure), failure)
        : failureOfDatabase(failure);
  }

  private DaybookException failureOfDatabase(SQLException failure) {
    String why = closed;
    if (why != null) {
      return new ClosedException(why);
    }
    wrongServer |= context.dialect().isOfWrongServer(failure);
    return context.dialect().translate(failure, connection);
  }

  /**
   * A failure of this session for one more caller, whose deadline has not passed: a separate
   * exception if that can be made.
   */
  public Throwable copyOf(Throwable failure) {
    if (!(failure instanceof DaybookException)
        || !(failure.getCause() instanceof SQLException cause)) {
      return failure;
    }
    return watch.hasCancelled()
        ? context.dialect().translate(cause, connection)
        : failureOfDatabase(cause);
  }

  /** Whether a failure says that a statement was refused, and has written nothing. */
  public boolean isRefusal(Throwable failure) {
    return failure instanceof DaybookException
        && failure.getCause() instanceof SQLException cause
        && context.dialect().isRefusal(cause);
  }

  /**
   * Brings rows into a table, if this session can do it that way.
   *
   * @param statement what {@link dev.daybook.internal.dialect.Dialect#loadRows} has given
   * @return whether it was done
   */
  public boolean load(Script statement, List<List<@Nullable Object>> rows) {
    try {
      announce(statement.sql());
      return context.dialect().loadRows(connection, statement.sql(), rows);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  void announce(String sql) {
    context.sqlListener().accept(sql);
  }

  private boolean takesSeveralAtOnce() {
    Boolean known = severalAtOnce;
    if (known == null) {
      known = ask(context.dialect()::takesSeveralAtOnce);
      severalAtOnce = known;
    }
    return known;
  }

  /**
   * Whether each statement is a transaction by itself. The one writer is never outside, and its
   * driver does not know of the transaction.
   */
  public boolean isOutsideTransaction() {
    return !context.dialect().hasOneWriter() && ask(Connection::getAutoCommit);
  }

  /**
   * Commits what {@link #begin} has begun, unless what was sent has done so: the driver knows
   * whether there is something left to be committed.
   */
  void endTransaction() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** Rolls back what {@link #begin} has begun, and ends it. */
  void giveUpTransaction() {
    rollBack();
    act(it -> it.setAutoCommit(true));
  }

  /**
   * Aborts the connection while another thread may be using it, which then fails, and has to {@link
   * #close} this. The connection is not reused: a pool drops it.
   */
  public void breakOff() {
    breakOff(WITH_DAYBOOK);
  }

  /**
   * The same.
   *
   * @param why the reason for those who use this later
   */
  void breakOff(String why) {
    closed = why;
    try {
      context.dialect().breakOff(connection);
    } catch (SQLException e) {
      throw context.dialect().translate(e, connection);
    }
  }

  /** Breaks the connection off, and closes it. */
  public void abort() {
    try {
      breakOff();
    } finally {
      close();
    }
  }

  /**
   * Closes the connection, and with it every statement. A connection to the wrong server is
   * aborted, so that no pool lends it again.
   */
  @Override
  public void close() {
    if (wrongServer && isOpen()) {
      breakOff();
    }
    boolean whole = isOpen();
    closed = WITH_DAYBOOK;
    try {
      try {
        if (before != null && whole) {
          context.dialect().restore(connection, before);
        }
      } finally {
        unwatch();
        connection.close();
      }
    } catch (SQLException e) {
      throw context.dialect().translate(e, connection);
    }
  }
}
