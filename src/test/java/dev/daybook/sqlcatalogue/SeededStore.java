package dev.daybook.sqlcatalogue;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** A database with a store that is full of rows, and a connection to it. */
final class SeededStore implements AutoCloseable {

  private final Connection connection;
  private final DSLContext renderer;
  private final Explainer explainer;
  private final Runnable end;

  private SeededStore(Connection connection, Explainer explainer, Runnable end)
      throws SQLException {
    Dialect dialect = Dialect.of(connection);
    this.connection = connection;
    this.renderer = new Schema(TableNames.defaults()).renderer(dialect);
    this.explainer = explainer;
    this.end = end;
    SeededRows.insert(DSL.using(connection, dialect.family(), renderer.settings()));
  }

  static SeededStore onSqlite(Path directory) throws SQLException {
    Path file = directory.resolve("seeded.db");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.schemaVersion();
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(connection, "pragma foreign_keys = 1");
    return new SeededStore(connection, new SqliteExplainer(connection), () -> {});
  }

  static SeededStore onPostgres() throws SQLException {
    PostgresDatabase database = PostgresServer.shared().newDatabase();
    try (Daybook daybook = Daybook.builder(database.dataSource()).build()) {
      daybook.schemaVersion();
    }
    Connection connection = database.dataSource().getConnection();
    SeededStore store =
        new SeededStore(connection, new PostgresExplainer(connection), database::close);
    execute(connection, "vacuum analyze");
    return store;
  }

  /** Lets SQLite's planner know how many rows there are, and how they are spread. */
  SeededStore analyzed() throws SQLException {
    execute(connection, "analyze");
    return this;
  }

  Explainer explainer() {
    return explainer;
  }

  /** Renders for this database. */
  DSLContext renderer() {
    return renderer;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      end.run();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
