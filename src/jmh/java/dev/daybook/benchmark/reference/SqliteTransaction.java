package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Takes the write lock at its beginning. */
final class SqliteTransaction implements Transaction {

  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;

  SqliteTransaction(Connection connection) throws SQLException {
    this.begin = connection.prepareStatement("begin immediate");
    this.commit = connection.prepareStatement("commit");
    this.rollback = connection.prepareStatement("rollback");
  }

  @Override
  public void begin() throws SQLException {
    begin.executeUpdate();
  }

  @Override
  public void commit() throws SQLException {
    commit.executeUpdate();
  }

  @Override
  public void rollback() throws SQLException {
    rollback.executeUpdate();
  }
}
