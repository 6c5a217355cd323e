package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.SQLException;

/** All that reads, with every statement kept prepared on one connection. */
final class Reads implements AutoCloseable {

  final Connection connection;
  final EventReads events;
  final IdReads ids;
  final SnapshotReads snapshots;
  final DocumentReads documents;

  Reads(ReferenceDialect dialect) throws SQLException {
    this.connection = dialect.connectReader();
    this.events = new EventReads(connection, dialect.fetchSize());
    this.ids = new IdReads(connection);
    this.snapshots = new SnapshotReads(connection);
    this.documents = new DocumentReads(connection, dialect.fetchSize());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
