package dev.daybook.internal.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from.
 *
 * @param name what an error message calls the database
 * @param connections hands out connections, which their user closes
 * @param existing the same, but makes no database where there is none
 * @param file the file that is the database, if it is one that Daybook opens by itself
 * @param pool what keeps the connections between their uses, if Daybook has made it
 */
public record ConnectionSource(
    String name,
    Connections connections,
    Connections existing,
    @Nullable Path file,
    @Nullable Pool pool)
    implements AutoCloseable {

  ConnectionSource(
      String name, Connections connections, Connections existing, @Nullable Path file) {
    this(name, connections, existing, file, null);
  }

  /** How a connection is had. */
  @FunctionalInterface
  public interface Connections {
    Connection connect() throws SQLException;
  }

  /** What keeps connections between their uses. */
  public interface Pool extends AutoCloseable {
    /** Closes all connections; the next use makes new ones. */
    void drain();

    /** Closes all connections for good. */
    @Override
    void close();
  }

  public static ConnectionSource of(DataSource dataSource) {
    return of("the data source's database", dataSource);
  }

  static ConnectionSource of(String name, DataSource dataSource) {
    Connections lent = new LentConnections(dataSource);
    return new ConnectionSource(name, lent, lent, null);
  }

  /** What the database is, if that is known before there is a connection. */
  public Optional<Dialect> dialect() {
    return file == null ? Optional.empty() : Optional.of(new SqliteDialect());
  }

  public Connection connect() throws SQLException {
    return connections.connect();
  }

  /** Closes what was kept for an opening that failed. */
  public void drain() {
    if (pool != null) {
      pool.drain();
    }
  }

  /** Closes what is Daybook's own: connections that it has not made are their owner's to close. */
  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }

  /** A connection to a database that is there already. */
  public Connection connectExisting() throws SQLException {
    return existing.connect();
  }
}
