package dev.daybook.internal.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from.
 *
 * @param name what an error message calls the database
 * @param connections hands out connections, which their user closes
 * @param existing the same, but makes no database where there is none
 * @param file the file that is the database, if it is one that Daybook opens by itself
 */
public record ConnectionSource(
    String name, Connections connections, Connections existing, @Nullable Path file) {

  /** How a connection is had. */
  @FunctionalInterface
  public interface Connections {
    Connection connect() throws SQLException;
  }

  public static ConnectionSource of(DataSource dataSource) {
    return of("the data source's database", dataSource);
  }

  static ConnectionSource of(String name, DataSource dataSource) {
    return new ConnectionSource(name, dataSource::getConnection, dataSource::getConnection, null);
  }

  public Connection connect() throws SQLException {
    return connections.connect();
  }

  /** A connection to a database that is there already. */
  public Connection connectExisting() throws SQLException {
    return existing.connect();
  }
}
