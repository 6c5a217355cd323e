package dev.daybook.sqlcatalogue;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.schema.Schema;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.nio.file.Files;
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
import org.jspecify.annotations.Nullable;

/**
 * A database with a store that is full of rows, and a connection to it. The rows are written once
 * for all tests of this JVM, which change nothing of them.
 */
final class SeededStore implements AutoCloseable {

  private static byte @Nullable [] seededFile;
  private static @Nullable PostgresDatabase seededDatabase;

  private final Connection connection;
  private final DSLContext renderer;
  private final Explainer explainer;

  private SeededStore(Connection connection, Explainer explainer) throws SQLException {
    this.connection = connection;
    this.renderer = renderer(connection);
    this.explainer = explainer;
  }

  static SeededStore onSqlite(Path directory) throws SQLException, IOException {
    Path file = directory.resolve("seeded.db");
    Files.write(file, seededFile(directory));
    Connection connection = connect(file);
    return new SeededStore(connection, new SqliteExplainer(connection));
  }

  private static synchronized byte[] seededFile(Path directory) throws SQLException, IOException {
    if (seededFile == null) {
      Path file = directory.resolve("first.db");
      try (Daybook daybook = Daybook.open(file)) {
        daybook.schemaVersion();
      }
      try (Connection connection = connect(file)) {
        insertRows(connection);
      }
      seededFile = Files.readAllBytes(file);
      Files.delete(file);
    }
    return seededFile;
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(connection, "pragma foreign_keys = 1");
    return connection;
  }

  static SeededStore onPostgres() throws SQLException {
    Connection connection = seededDatabase().dataSource().getConnection();
    Await.until("tables with pages not known to be visible to all", () -> vacuumed(connection));
    return new SeededStore(connection, new PostgresExplainer(connection));
  }

  private static synchronized PostgresDatabase seededDatabase() throws SQLException {
    if (seededDatabase == null) {
      PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
      try (Connection connection = database.dataSource().getConnection()) {
        insertRows(connection);
      }
      seededDatabase = database;
    }
    return seededDatabase;
  }

  private static void insertRows(Connection connection) throws SQLException {
    SeededRows.insert(
        DSL.using(
            connection, Databases.dialect(connection).family(), renderer(connection).settings()));
  }

  private static DSLContext renderer(Connection connection) throws SQLException {
    return new Schema(TableNames.defaults()).renderer(Databases.dialect(connection));
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
    connection.close();
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
