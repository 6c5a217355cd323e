package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DatabaseException;
import dev.daybook.internal.dialect.TransactionWatch;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.DB;

/**
 * SQLite rolls a transaction back when the disk is full, when it runs out of memory, or when a
 * statement says so ({@code ON CONFLICT ROLLBACK}), and then runs what follows outside of any. Only
 * its rollback hook reports that.
 *
 * @see <a href="https://www.sqlite.org/lang_transaction.html">Response to errors within a
 *     transaction</a>
 */
final class SqliteTransactionWatch implements TransactionWatch, SQLiteCommitListener {

  private final Connection connection;
  private final DB database;
  private boolean rolledBack;

  private SqliteTransactionWatch(Connection connection, DB database) {
    this.connection = connection;
    this.database = database;
  }

  static TransactionWatch of(Connection connection) throws SQLException {
    DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
    SqliteTransactionWatch watch = new SqliteTransactionWatch(connection, database);
    if (!watch.whileOpen(() -> database.addCommitListener(watch))) {
      throw new SQLException("the connection is closed");
    }
    return watch;
  }

  @Override
  public void requireGoingOn() {
    if (rolledBack) {
      String message =
          "this transaction has been rolled back: a statement in it failed, or said so";
      throw new DatabaseException(
          message, new SQLiteException(message, SQLiteErrorCode.SQLITE_ABORT_ROLLBACK));
    }
  }

  @Override
  public void requireCommittable() {
    requireGoingOn();
  }

  @Override
  public void beforeRollback() throws SQLException {
    if (rolledBack) {
      SqlitePragmas.execute(connection, "begin");
    }
  }

  @Override
  public void onCommit() {}

  @Override
  public void onRollback() {
    rolledBack = true;
  }

  @Override
  public void close() {
    whileOpen(() -> database.removeCommitListener(this));
  }

  /**
   * The driver's native code crashes in a database that is closed; its lock keeps it open.
   *
   * @return whether it is open
   */
  private boolean whileOpen(Runnable action) {
    synchronized (database) {
      boolean open = !database.isClosed();
      if (open) {
        action.run();
      }
      return open;
    }
  }
}
