package dev.daybook.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Fails one statement that writes, or that begins or ends a transaction, or one row of its batch:
 * before it is run, or after it was run, as when an answer is lost.
 */
public final class FailingDataSource extends DelegatingDataSource {

  /** When the statement fails. */
  public enum When {
    BEFORE_IT_IS_RUN,
    AFTER_IT_WAS_RUN
  }

  private final AtomicInteger untilFailure = new AtomicInteger(Integer.MAX_VALUE);
  private volatile When when = When.BEFORE_IT_IS_RUN;
  private volatile @Nullable String state;

  public FailingDataSource(DataSource delegate) {
    super(delegate);
  }

  /** From now on lets statements through until the n-th one, counted from 1, which fails. */
  public void failAt(int n, When moment) {
    when = moment;
    untilFailure.set(n);
  }

  /** The same, with a SQLSTATE to fail with. */
  public void failAt(int n, When moment, @Nullable String withState) {
    state = withState;
    failAt(n, moment);
  }

  /** Lets everything through again; says whether a statement was failed. */
  public boolean disarm() {
    return untilFailure.getAndSet(Integer.MAX_VALUE) <= 0;
  }

  @Override
  protected Connection wrap(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            FailingDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              Object result = invoke(connection, method, args);
              return result instanceof PreparedStatement statement
                      && args != null
                      && args[0] instanceof String sql
                      && writes(sql)
                  ? watched(statement)
                  : result;
            });
  }

  private PreparedStatement watched(PreparedStatement statement) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            FailingDataSource.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, args) -> {
              String name = method.getName();
              boolean now = (name.startsWith("execute") || name.equals("addBatch")) && isTheOne();
              if (now && when == When.BEFORE_IT_IS_RUN) {
                throw new SQLException("failed before it was run", state);
              }
              Object result = invoke(statement, method, args);
              if (now) {
                throw new SQLException("failed after it was run", state);
              }
              return result;
            });
  }

  private boolean isTheOne() {
    return untilFailure.get() != Integer.MAX_VALUE && untilFailure.decrementAndGet() == 0;
  }

  /** One of several statements that go as one text may. */
  private static boolean writes(String sql) {
    return Stream.of(sql.toLowerCase(Locale.ROOT).split(";\n"))
        .anyMatch(statement -> !statement.startsWith("select"));
  }

  private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
