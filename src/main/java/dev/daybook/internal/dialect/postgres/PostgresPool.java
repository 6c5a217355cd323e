package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.ClosedException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.ConnectionSource;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;

/** A pool of connections to a server, made for the first of them. Safe for several threads. */
final class PostgresPool implements ConnectionSource.Pool {

  /** Invalid credentials, an invalid user, and an authentication that was not completed. */
  private static final List<String> NOT_LET_IN = List.of("28P01", "28000", "08004");

  private static final String NO_TLS = "The server does not support SSL.";

  private final PostgresUrl url;
  private @Nullable PooledConnections pool;
  private boolean closed;

  PostgresPool(PostgresUrl url) {
    this.url = url;
  }

  /**
   * A connection of the pool.
   *
   * @throws OpenException if the pool can't be made
   * @throws ClosedException after the close
   */
  Connection connect() throws SQLException {
    return pool().connect();
  }

  @Override
  public synchronized void drain() {
    PooledConnections old = pool;
    pool = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drain();
  }

  private synchronized PooledConnections pool() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
    PooledConnections made = pool;
    if (made == null) {
      made = make();
      pool = made;
    }
    return made;
  }

  private PooledConnections make() {
    Class<?> driver = library("org.postgresql.Driver", "org.postgresql:postgresql");
    library("com.zaxxer.hikari.HikariDataSource", "com.zaxxer:HikariCP");
    try {
      return new PooledConnections(
          "daybook " + url.name(), new PostgresConnections(instance(driver), url));
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static Driver instance(Class<?> driver) {
    try {
      return (Driver) driver.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new OpenException(
          OpenException.Reason.LIBRARY, "PostgreSQL's driver can't be used: " + e, e);
    }
  }

  private static Class<?> library(String type, String artifact) {
    try {
      return Class.forName(type, false, PostgresPool.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new OpenException(
          OpenException.Reason.LIBRARY,
          "a PostgreSQL URL needs %s on the class path".formatted(artifact),
          e);
    }
  }

  private static OpenException unreachable(SQLException failure) {
    // The driver has no code for that, and its message is in the language of the machine.
    if (GT.tr(NO_TLS).equals(failure.getMessage())) {
      return new OpenException(
          OpenException.Reason.UNREACHABLE,
          "the server has no TLS, and the URL's sslmode asks for it; expected a server that has it, or another sslmode",
          failure);
    }
    if (NOT_LET_IN.contains(failure.getSQLState())) {
      return new OpenException(
          OpenException.Reason.CREDENTIALS,
          "the server does not let the user in: " + failure.getMessage(),
          failure);
    }
    String message =
        failure.getCause() instanceof UnknownHostException unknown
            ? "the host %s is not known".formatted(unknown.getMessage())
            : failure.getMessage();
    return new OpenException(
        OpenException.Reason.UNREACHABLE, "no connection can be opened: " + message, failure);
  }
}
