package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Notifications of commits from one connection to others. They may get lost, so listeners also
 * poll.
 */
public interface Push {

  /** Whether this driver's connections can listen. */
  boolean isPossible(Connection connection) throws SQLException;

  /** Notifies all other listeners, outside a transaction. */
  void tell(Connection connection) throws SQLException;

  /** Listens from now on. */
  void listen(Connection connection) throws SQLException;

  /** Listens no longer. */
  void unlisten(Connection connection) throws SQLException;

  /**
   * Waits for a notification.
   *
   * @return whether one came; {@code false} once the time is up
   */
  boolean await(Connection connection, Duration time) throws SQLException;
}
