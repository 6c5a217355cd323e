package dev.daybook.internal.connections;

import dev.daybook.error.ForeignTransactionException;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections that a data source lends. A connection inside a transaction that Daybook did not
 * begin is refused, because Daybook commits on it. Safe for several threads.
 */
public final class LentConnections implements ConnectionSource.Connections {

  private static final String REFUSED =
      "the data source returned a connection that is, or may be, inside a transaction that Daybook did not begin; expected one"
          + " outside of any. To take part in that transaction build the Daybook with transactions(host), or use"
          + " daybook.within(configuration); otherwise give Daybook a data source that knows of no transactions";

  private final DataSource dataSource;
  private volatile @Nullable Dialect dialect;
  private volatile boolean committing;

  private LentConnections(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Connections of a data source that is not Daybook's own. */
  public static ConnectionSource of(DataSource dataSource) {
    return new ConnectionSource(
        "the data source's database",
        new LentConnections(dataSource),
        null,
        () -> PoolSize.of(dataSource));
  }

  /**
   * A connection that is not in a transaction.
   *
   * @throws ForeignTransactionException if the data source returns another one
   */
  @Override
  public Connection connect() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      requireOutside(connection);
      return connection;
    } catch (SQLException e) {
      Dialect.requireNotClosed(connection, e);
      closeAfter(e, connection);
      throw e;
    } catch (Throwable e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  private void requireOutside(Connection connection) throws SQLException {
    Dialect known = dialect(connection);
    boolean commits = connection.getAutoCommit();
    // Where connections commit by themselves, a connection that does not has probably been set so
    // by other code that has begun a transaction, even if nothing was done in it yet.
    if ((committing && !commits) || known.mayBeInTransaction(connection)) {
      throw new ForeignTransactionException(REFUSED);
    }
    if (commits) {
      committing = true;
    }
  }

  private Dialect dialect(Connection connection) throws SQLException {
    Dialect known = dialect;
    if (known == null) {
      known = Databases.dialect(connection);
      dialect = known;
    }
    return known;
  }

  private static void closeAfter(Throwable failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
