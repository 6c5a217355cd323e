package dev.daybook.internal.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source of connections.
 *
 * @param name what an error message calls the database
 * @param connections returns connections, which their user closes
 * @param existing the same, but does not make a missing database
 * @param reading the same, for callers that only read and must not change the database
 * @param file the file that is the database, if it is one that Daybook opens by itself
 * @param known what the database is, if that is known before there is a connection
 * @param pool what keeps the connections between their uses, if Daybook has made it
 * @param most how many connections can be open at a time, if that is known
 */
public record ConnectionSource(
    String name,
    Connections connections,
    Connections existing,
    Connections reading,
    @Nullable Path file,
    @Nullable Dialect known,
    @Nullable Pool pool,
    Supplier<OptionalInt> most)
    implements AutoCloseable {

  /** For a database that is not a file that Daybook opens by itself. */
  public ConnectionSource(
      String name, Connections connections, @Nullable Pool pool, Supplier<OptionalInt> most) {
    this(name, connections, connections, connections, null, null, pool, most);
  }

  /** Opens a connection. */
  @FunctionalInterface
  public interface Connections {
    Connection connect() throws SQLException;
  }

  /** What keeps connections between their uses. */
  public interface Pool extends AutoCloseable {
    /** Closes all connections; the next use makes new ones. */
    void drain();

    /** Closes all connections permanently. */
    @Override
    void close();
  }

  /** What the database is, if that is known before there is a connection. */
  public Optional<Dialect> dialect() {
    return Optional.ofNullable(known);
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

  /** A connection to a database that is there already, which is not to be changed. */
  public Connection connectToRead() throws SQLException {
    return reading.connect();
  }
}
