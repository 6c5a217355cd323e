package dev.daybook.conformance.hosts;

import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionHost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A host in a hundred lines of JDBC: transactions that are bound to their thread. */
final class ThreadHostFixture implements HostFixture, TransactionHost {

  private final DataSource dataSource;
  private final SQLDialect family;
  private final ThreadLocal<Deque<Bound>> stack = ThreadLocal.withInitial(ArrayDeque::new);

  ThreadHostFixture(DataSource dataSource, SQLDialect family) {
    this.dataSource = dataSource;
    this.family = family;
  }

  private static final class Bound implements HostTransaction {

    final Connection connection;
    final boolean readOnly;
    final List<Listener> listeners = new ArrayList<>();
    final List<Runnable> afterCommit = new ArrayList<>();
    boolean marked;
    boolean ended;

    Bound(Connection connection, boolean readOnly) throws SQLException {
      this.connection = connection;
      this.readOnly = readOnly;
      connection.setAutoCommit(false);
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public boolean isReadOnly() {
      return readOnly;
    }

    @Override
    public boolean reportsSavepoints() {
      return true;
    }

    @Override
    public void listen(Listener listener) {
      listeners.add(listener);
    }

    void commit() throws SQLException {
      List.copyOf(listeners).forEach(Listener::beforeCommit);
      connection.commit();
      end(Outcome.COMMITTED);
      afterCommit.forEach(Runnable::run);
    }

    void rollback() throws SQLException {
      try {
        connection.rollback();
      } finally {
        end(Outcome.ROLLED_BACK);
      }
    }

    void end(Outcome outcome) {
      ended = true;
      listeners.forEach(listener -> listener.ended(outcome));
    }
  }

  @Override
  public TransactionHost host() {
    return this;
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public Optional<HostTransaction> current() {
    return Optional.<HostTransaction>ofNullable(stack.get().peek())
        .filter(bound -> !((Bound) bound).ended);
  }

  @Override
  public <T, X extends Exception> T inNew(Work<T, X> work) throws X {
    try {
      return begin(false, work);
    } catch (SQLException e) {
      throw new IllegalStateException("the transaction has failed", e);
    }
  }

  private <T, X extends Exception> T begin(boolean readOnly, Work<T, X> work)
      throws X, SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Bound bound = new Bound(connection, readOnly);
      stack.get().push(bound);
      boolean done = false;
      try {
        T result = work.run();
        done = true;
        return result;
      } finally {
        try {
          end(bound, done);
        } finally {
          stack.get().pop();
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private static void end(Bound bound, boolean done) throws SQLException {
    if (done && !bound.marked) {
      try {
        bound.commit();
      } catch (RuntimeException e) {
        if (!bound.ended) {
          bound.rollback();
        }
        throw e;
      } catch (SQLException e) {
        bound.end(HostTransaction.Outcome.UNKNOWN);
        bound.connection.rollback();
        throw e;
      }
    } else {
      bound.rollback();
    }
  }

  private Bound bound() {
    return Objects.requireNonNull(stack.get().peek());
  }

  @Override
  public void inTransaction(Code code) {
    if (stack.get().isEmpty()) {
      inNew(code);
    } else {
      code.unchecked();
    }
  }

  @Override
  public void inNew(Code code) {
    inNew(
        () -> {
          code.unchecked();
          return true;
        });
  }

  @Override
  public void readOnly(Code code) {
    try {
      begin(
          true,
          () -> {
            code.unchecked();
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void inSavepoint(Code code) {
    Bound bound = bound();
    try {
      Savepoint savepoint = bound.connection.setSavepoint();
      bound.listeners.forEach(listener -> listener.savepointSet(savepoint));
      try {
        code.unchecked();
      } catch (RuntimeException e) {
        bound.connection.rollback(savepoint);
        bound.listeners.forEach(listener -> listener.rolledBackTo(savepoint));
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void markForRollback() {
    bound().marked = true;
  }

  @Override
  public void afterCommit(Runnable code) {
    bound().afterCommit.add(code);
  }

  @Override
  public void insertOrder(long id) {
    try (PreparedStatement insert =
        bound().connection.prepareStatement("insert into orders (id) values (?)")) {
      insert.setLong(1, id);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public DSLContext dsl() {
    return DSL.using(
        new ConnectionProvider() {
          @Override
          public Connection acquire() {
            return bound().connection;
          }

          @Override
          public void release(Connection connection) {}
        },
        family);
  }
}
