package dev.daybook.internal.dialect.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A pool that is filled as it is used, and empties when it is not. The one place for HikariCP. */
final class PooledConnections implements AutoCloseable {

  /** How many it has open at a time. */
  static final int MOST = 10;

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final HikariDataSource pool;

  /**
   * Tries to open a connection.
   *
   * @throws SQLException if not
   */
  PooledConnections(String name, DataSource source) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setIdleTimeout(IDLE.toMillis());
    try {
      this.pool = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw sqlFailure(e);
    }
  }

  /** Waits while all connections are in use, up to a limit. */
  Connection connect() throws SQLException {
    return pool.getConnection();
  }

  /** Closes the connections that are in use too. */
  @Override
  public void close() {
    pool.close();
  }

  private static SQLException sqlFailure(PoolInitializationException failure) {
    Throwable cause = failure.getCause();
    while (cause != null) {
      if (cause instanceof SQLException found) {
        return found;
      }
      cause = cause.getCause();
    }
    return new SQLException(failure.getMessage(), failure);
  }
}
