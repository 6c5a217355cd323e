package dev.daybook.conformance;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.fixture.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

/** A database on a real server, behind a pool of the user's, which gets back what it lends. */
public final class PostgresFixture implements DatabaseFixture {

  private static final int CONNECTIONS = 40;

  private final EmptiedDatabase lent = EmptiedDatabase.take();
  private final PostgresDatabase database = lent.database();
  private final HikariDataSource callersPool = database.pool(CONNECTIONS);
  private final LeakCheckingDataSource stores =
      LeakCheckingDataSource.closingStatements(new WhileOpen(lent.pool()));
  private final LeakCheckingDataSource callers =
      LeakCheckingDataSource.closingStatements(callersPool);
  private volatile boolean closed;
  private boolean connectionsAreKnown;
  private boolean isClean;

  @Override
  public Daybook open(Consumer<DaybookBuilder> options) {
    DaybookBuilder builder = Daybook.builder(stores);
    options.accept(builder);
    return builder.build();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Optional<DataSource> storesDataSource() {
    connectionsAreKnown = true;
    return Optional.of(stores);
  }

  @Override
  public DataSource callersDataSource() {
    return callers;
  }

  @Override
  public SQLDialect family() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public boolean isBackedUpAsFile() {
    return false;
  }

  @Override
  public boolean writesInParallel() {
    return true;
  }

  @Override
  public boolean mayIgnoreReferences() {
    return false;
  }

  @Override
  public int files() {
    return 0;
  }

  /** The pools' own, and the one that the driver shares among all connections. */
  @Override
  public boolean hasThread(Thread thread) {
    return thread.getName().startsWith("HikariPool-")
        || thread.getName().startsWith("PostgreSQL-JDBC-");
  }

  /** Nor may the server know of a transaction in progress or of a lock that outlived its own. */
  @Override
  public void requireNothingLeft() {
    requireNothingLeft(Await.PATIENCE);
  }

  /**
   * @param patience how long the server may take to notice that a connection was broken off
   */
  void requireNothingLeft(Duration patience) {
    stores.requireNothingLeft();
    callers.requireNothingLeft();
    Await.until("sessions that are not idle", database::busySessions, patience);
    Await.until("advisory locks", database::advisoryLocks, patience);
    isClean = true;
  }

  @Override
  public void close() {
    closed = true;
    callersPool.close();
    if (isClean && !connectionsAreKnown) {
      lent.giveBack();
    } else {
      lent.drop();
    }
  }

  /** Whoever outlives the fixture gets no connection to what another one has by then. */
  private final class WhileOpen extends DelegatingDataSource {

    WhileOpen(DataSource delegate) {
      super(delegate);
    }

    @Override
    protected Connection wrap(Connection connection) throws SQLException {
      if (closed) {
        connection.close();
        throw new SQLException("the fixture is closed");
      }
      return connection;
    }
  }
}
