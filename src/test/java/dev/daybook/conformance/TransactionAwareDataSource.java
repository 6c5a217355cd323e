package dev.daybook.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * What frameworks wrap around a pool: a thread inside a transaction is handed that transaction's
 * connection, which it can't close, and others are handed connections of the pool.
 */
final class TransactionAwareDataSource extends DelegatingDataSource {

  private final Map<Connection, Predicate<Thread>> inTransaction = new ConcurrentHashMap<>();
  private final AtomicInteger handedOut = new AtomicInteger();

  TransactionAwareDataSource(DataSource pool) {
    super(pool);
  }

  /** From now on these threads are handed this connection. */
  void handOut(Connection connection, Predicate<Thread> threads) {
    inTransaction.put(connection, threads);
  }

  /** From now on all threads are handed connections of the pool. */
  void end() {
    inTransaction.clear();
  }

  /** How often a connection of a transaction was handed out. */
  int handedOut() {
    return handedOut.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (Map.Entry<Connection, Predicate<Thread>> entry : inTransaction.entrySet()) {
      if (entry.getValue().test(Thread.currentThread())) {
        handedOut.incrementAndGet();
        return unclosable(entry.getKey());
      }
    }
    return super.getConnection();
  }

  @Override
  protected Connection wrap(Connection connection) {
    return connection;
  }

  private static Connection unclosable(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            TransactionAwareDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
