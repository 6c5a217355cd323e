package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Word of commits that goes from one connection to others by itself. It may get lost; whoever
 * listens looks now and then as well.
 */
public interface Push {

  /** Whether this driver's connections can listen. */
  boolean isPossible(Connection connection) throws SQLException;

  /** Tells all others who listen, outside a transaction. */
  void tell(Connection connection) throws SQLException;

  /** Listens from now on. */
  void listen(Connection connection) throws SQLException;

  /** Listens no longer. */
  void unlisten(Connection connection) throws SQLException;

  /**
   * Waits until somebody else has told.
   *
   * @return whether somebody has; {@code false} once the time is up
   */
  boolean await(Connection connection, Duration time) throws SQLException;
}
