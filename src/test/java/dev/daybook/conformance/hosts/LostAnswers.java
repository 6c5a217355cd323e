package dev.daybook.conformance.hosts;

import dev.daybook.conformance.DelegatingDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Connections of which one loses the answer to its commit: that was done, and fails. */
final class LostAnswers extends DelegatingDataSource {

  static final String STATE = "08006";

  private final AtomicBoolean losing = new AtomicBoolean();

  LostAnswers(DataSource delegate) {
    super(delegate);
  }

  /** Loses the answer to the next commit. */
  void loseNext() {
    losing.set(true);
  }

  @Override
  protected Connection wrap(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            LostAnswers.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              Object result;
              try {
                result = method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (method.getName().equals("commit") && losing.getAndSet(false)) {
                throw new SQLException("the answer to the commit was lost", STATE);
              }
              return result;
            });
  }
}
