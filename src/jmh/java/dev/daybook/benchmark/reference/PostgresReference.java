package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** PostgreSQL, a connection for each caller and purpose. */
public final class PostgresReference implements ReferenceDialect {

  private static final int FETCH_SIZE = 1_000;

  private final String url;

  public PostgresReference(String url) {
    this.url = url;
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  @Override
  public Connection connectWriter() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public Connection connectReader() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setReadOnly(true);
    return connection;
  }

  /** In a transaction, because the driver otherwise fetches a whole result at once. */
  @Override
  public long read(Connection reader, LongRead read) throws SQLException {
    reader.setAutoCommit(false);
    long rows = read.run();
    reader.commit();
    reader.setAutoCommit(true);
    return rows;
  }

  @Override
  public Transaction transaction(Connection connection) {
    return new Transaction() {
      @Override
      public void begin() throws SQLException {
        connection.setAutoCommit(false);
      }

      @Override
      public void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
      }

      @Override
      public void rollback() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    };
  }

  @Override
  public EventInserts inserts(Connection connection) throws SQLException {
    return new PostgresInserts(connection);
  }

  @Override
  public int fetchSize() {
    return FETCH_SIZE;
  }
}
