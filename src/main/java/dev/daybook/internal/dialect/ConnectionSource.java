package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where connections come from.
 *
 * @param name what an error message calls the database
 * @param connections hands out connections, which their user closes
 */
public record ConnectionSource(String name, Connections connections) {

  /** How a connection is had. */
  @FunctionalInterface
  public interface Connections {
    Connection connect() throws SQLException;
  }

  public static ConnectionSource of(DataSource dataSource) {
    return new ConnectionSource("the data source's database", dataSource::getConnection);
  }

  public Connection connect() throws SQLException {
    return connections.connect();
  }
}
