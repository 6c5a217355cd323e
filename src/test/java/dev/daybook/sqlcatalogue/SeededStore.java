package dev.daybook.sqlcatalogue;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    Dialect dialect = Databases.dialect(connection);
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
    Await.until("tables with pages not known to be visible to all", () -> vacuumed(connection));
    return store;
  }

  /**
   * Lets PostgreSQL's planner know how many rows there are, how they are spread, and that an index
   * alone can answer for them: which is not so while somebody else may still see an older state, be
   * it the server looking at the tables by itself.
   *
   * @return the tables for which that is not so yet
   */
  private static List<String> vacuumed(Connection connection) {
    try {
      execute(connection, "vacuum analyze");
      return rows(
          connection,
          """
          select relname from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace
          and relallvisible < relpages
          """);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
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

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
