package dev.daybook.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.benchmark.free.FreePostgres;
import dev.daybook.benchmark.free.FreeSide;
import dev.daybook.benchmark.reference.JdbcSide;
import dev.daybook.benchmark.reference.PostgresReference;
import dev.daybook.settings.Synchronous;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that waits for its disk, as a real one does. */
final class PostgresStore implements BenchmarkStore {

  /** What a server takes unless it is told otherwise. */
  private static final String CONNECTIONS = "100";

  /** The reference has one for each caller, so up to 64. */
  private static final int POOL = 20;

  private final String home;

  /** On a server, by its JDBC URL up to the name of a database. */
  PostgresStore(String home) {
    this.home = home;
  }

  static StoreKind.Running start(Path directory) throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", CONNECTIONS)
            .start();
    return new StoreKind.Running("jdbc:postgresql://localhost:" + server.getPort() + "/", server);
  }

  @Override
  public List<Synchronous> durabilities() {
    return List.of(Synchronous.FULL);
  }

  @Override
  public void settle(String database) throws SQLException {
    execute(database, "vacuum analyze");
    execute(database, "checkpoint");
  }

  @Override
  public void copy(String from, String to) throws SQLException {
    delete(to);
    execute("postgres", "create database %s template %s strategy file_copy".formatted(to, from));
  }

  @Override
  public void delete(String database) throws SQLException {
    execute("postgres", "drop database if exists %s with (force)".formatted(database));
  }

  @Override
  public DaybookSide daybook(String database, Synchronous durability, Consumer<String> sqlListener)
      throws SQLException {
    make(database);
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url(database));
    pool.setMaximumPoolSize(POOL);
    pool.setMinimumIdle(1);
    return new DaybookSide(Daybook.builder(pool).sqlListener(sqlListener).build(), pool);
  }

  /** Into the write-ahead log. */
  @Override
  public long written() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet bytes = statement.executeQuery("select pg_current_wal_lsn() - '0/0'")) {
      bytes.next();
      return bytes.getLong(1);
    }
  }

  @Override
  public Side reference(String database, Synchronous durability) throws SQLException {
    return new JdbcSide(new PostgresReference(url(database)));
  }

  @Override
  public FreeSide free(String database, Synchronous durability) throws SQLException {
    make(database);
    return new FreePostgres(url(database));
  }

  @Override
  public FluentConfiguration flyway(String database) throws SQLException {
    make(database);
    return Flyway.configure()
        .dataSource(url(database), null, null)
        .locations("classpath:dev/daybook/db-migrations/postgresql");
  }

  @Override
  public String url(String database) {
    return home + database + "?user=postgres";
  }

  /** By the driver itself: JDBC's own list is that of the first class loader that has asked. */
  private Connection connect(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url(database));
    return source.getConnection();
  }

  private void make(String database) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select 1 from pg_database where datname = '%s'".formatted(database))) {
      if (found.next()) {
        return;
      }
    }
    execute("postgres", "create database " + database);
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
