package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that writes, with all its statements kept, for one caller at a time. */
final class Writes implements AutoCloseable {

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work {
    long run() throws Exception;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Connection connection;
  private final Transaction transaction;

  final Appends appends;
  final SnapshotSaves snapshots;
  final DocumentAppends documents;
  final CheckpointSaves checkpoints;

  Writes(ReferenceDialect dialect) throws SQLException {
    this.connection = dialect.connectWriter();
    this.transaction = dialect.transaction(connection);
    this.appends = new Appends(connection, dialect.inserts(connection));
    this.snapshots = new SnapshotSaves(connection);
    this.documents = new DocumentAppends(connection);
    this.checkpoints = new CheckpointSaves(connection);
  }

  /** Runs work in a transaction of its own. */
  long inTransaction(Work work) throws Exception {
    lock.lock();
    try {
      transaction.begin();
      try {
        long result = work.run();
        transaction.commit();
        return result;
      } catch (Throwable e) {
        transaction.rollback();
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs work of a single statement, which is a transaction by itself. */
  long alone(Work work) throws Exception {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
