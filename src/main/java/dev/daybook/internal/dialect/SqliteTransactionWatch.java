package dev.daybook.internal.dialect;

import dev.daybook.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * SQLite rolls a transaction back when the disk is full, when it runs out of memory, or when a
 * statement says so ({@code ON CONFLICT ROLLBACK}), and then runs what follows outside of any. Its
 * rollback hook tells; nothing else in the driver does.
 *
 * @see <a href="https://www.sqlite.org/lang_transaction.html">Response to errors within a
 *     transaction</a>
 */
final class SqliteTransactionWatch implements TransactionWatch, SQLiteCommitListener {

  private final DB database;
  private boolean rolledBack;

  private SqliteTransactionWatch(DB database) {
    this.database = database;
  }

  static TransactionWatch of(Connection connection) throws SQLException {
    DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
    SqliteTransactionWatch watch = new SqliteTransactionWatch(database);
    database.addCommitListener(watch);
    return watch;
  }

  @Override
  public void requireGoingOn() {
    if (rolledBack) {
      throw new DatabaseException(
          "the database has rolled this transaction back, because a statement in it failed", null);
    }
  }

  @Override
  public void requireCommittable() {
    requireGoingOn();
  }

  @Override
  public void onCommit() {}

  @Override
  public void onRollback() {
    rolledBack = true;
  }

  /** The driver's native code would run into a database that is closed; its lock keeps it open. */
  @Override
  public void close() {
    synchronized (database) {
      if (!database.isClosed()) {
        database.removeCommitListener(this);
      }
    }
  }
}
