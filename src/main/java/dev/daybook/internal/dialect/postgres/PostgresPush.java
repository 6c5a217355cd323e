package dev.daybook.internal.dialect.postgres;

import dev.daybook.internal.dialect.Push;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jooq.Name;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * {@code LISTEN} and {@code NOTIFY}. The commit of a transaction that notifies takes a lock of the
 * whole server, so an append never does; another thread notifies afterwards.
 */
final class PostgresPush implements Push {

  private static final String CHANNEL_PREFIX = "daybook_";

  private final String channel;
  private final String self = UUID.randomUUID().toString();

  /**
   * @param events the table of events, which has a channel
   */
  PostgresPush(Name events) {
    this.channel = CHANNEL_PREFIX + Integer.toHexString(events.toString().hashCode());
  }

  @Override
  public boolean isPossible(Connection connection) throws SQLException {
    return connection.isWrapperFor(PGConnection.class);
  }

  @Override
  public void tell(Connection connection) throws SQLException {
    PostgresDialect.text(connection, "select pg_notify('%s', '%s')::text".formatted(channel, self));
  }

  @Override
  public void listen(Connection connection) throws SQLException {
    PostgresDialect.execute(connection, "listen " + channel);
  }

  @Override
  public void unlisten(Connection connection) throws SQLException {
    PostgresDialect.execute(connection, "unlisten " + channel);
  }

  @Override
  public boolean await(Connection connection, Duration time) throws SQLException {
    PGNotification[] heard =
        connection
            .unwrap(PGConnection.class)
            .getNotifications(Math.max(1, Math.toIntExact(time.toMillis())));
    boolean others = false;
    if (heard != null) {
      for (PGNotification notification : heard) {
        others |= !self.equals(notification.getParameter());
      }
    }
    return others;
  }
}
