package dev.daybook.internal.database;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes the connections of a database, and sessions on them that have the settings of the store.
 */
final class SessionSource {

  private final ConnectionSource source;
  private final ConnectionOptions options;
  private final Migrating migrating;

  SessionSource(ConnectionSource source, ConnectionOptions options, Migrating migrating) {
    this.source = source;
    this.options = options;
    this.migrating = migrating;
  }

  /** A connection is made by the path, and must be to the same file as all others. */
  Session reader(SqlContext context, FileWatch files, CacheShare share) {
    return configured(
        anotherConnection(),
        context,
        (connection, before) -> {
          files.look();
          context.dialect().sizeCache(connection, options, share);
          context.dialect().makeReadOnly(connection);
          return Session.own(connection, context, before);
        });
  }

  /** The database is open, so a failure is none of opening it. */
  private Connection anotherConnection() {
    try {
      return connect();
    } catch (OpenException e) {
      throw new DatabaseException(
          source.name() + ": another connection can't be made: " + e.getMessage(), e);
    }
  }

  /** A connection that is lent by its source. */
  Session lent(SqlContext context) {
    Connection lent;
    try {
      lent = source.connectExisting();
    } catch (OpenException e) {
      throw new ConnectionLostException(
          source.name() + ": no connection can be opened: " + e.getMessage(), e);
    } catch (SQLException e) {
      requireNotInterrupted(e);
      throw new ConnectionLostException(
          source.name() + ": no connection can be opened: " + e.getMessage(), e);
    }
    return configured(
        lent, context, (connection, before) -> Session.lent(connection, context, before));
  }

  private interface Making {
    Session make(Connection connection, ConnectionSettings before) throws SQLException;
  }

  private Session configured(Connection connection, SqlContext context, Making making) {
    Dialect dialect = context.dialect();
    try {
      ConnectionSettings before = dialect.settings(connection);
      try {
        dialect.configure(connection, options);
        return making.make(connection, before);
      } catch (Throwable e) {
        Cleaning.after(e, () -> dialect.restore(connection, before));
        throw e;
      }
    } catch (SQLException e) {
      DaybookException failure = dialect.translate(e, connection);
      Cleaning.after(failure, connection::close);
      throw failure;
    } catch (Throwable e) {
      Cleaning.after(e, connection::close);
      throw e;
    }
  }

  /** A connection to open the database by, or to read an open one. */
  Connection connect() {
    try {
      return switch (migrating) {
        case ALWAYS -> source.connect();
        case IF_MADE, NEVER -> source.connectExisting();
        case READ_ONLY -> source.connectToRead();
      };
    } catch (SQLException e) {
      requireNotInterrupted(e);
      throw new OpenException(
          OpenException.Reason.UNREACHABLE, "no connection can be opened: " + e.getMessage(), e);
    }
  }

  /**
   * A caller that was interrupted while it waited for a connection may get one when it asks again.
   */
  private void requireNotInterrupted(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new WaitInterruptedException(
            source.name() + ": the thread was interrupted while it waited for a connection",
            failure);
      }
    }
  }
}
