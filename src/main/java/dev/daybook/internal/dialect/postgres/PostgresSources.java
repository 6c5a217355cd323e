package dev.daybook.internal.dialect.postgres;

import dev.daybook.internal.dialect.ConnectionSource;
import java.util.OptionalInt;

/** Connections to PostgreSQL that Daybook makes by itself. */
public final class PostgresSources {

  private PostgresSources() {}

  /** To the server and database of a URL, through a pool that closes with the Daybook. */
  public static ConnectionSource server(PostgresUrl url) {
    PostgresPool pool = new PostgresPool(url);
    return new ConnectionSource(
        url.name(), pool::connect, pool, () -> OptionalInt.of(PooledConnections.MOST));
  }
}
