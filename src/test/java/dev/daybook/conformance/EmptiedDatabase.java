package dev.daybook.conformance;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A database with the empty tables of a Daybook, and a pool for it. One that a test leaves with the
 * same catalog and few rows is emptied and lent to the next test, with the pool's connections: to
 * begin a connection takes most of the processor time of a test. Any other is dropped.
 */
final class EmptiedDatabase {

  private static final int CONNECTIONS = 40;
  private static final int MOST_CONNECTIONS_KEPT = 10;

  /** How many rows may have been deleted from it: they are still in its files. */
  private static final int MOST_ROWS = 2_000;

  private static final String HISTORY = "daybook_schema_history";

  /** The first number that the server gives to what is not its own. */
  private static final int FIRST_OWN = 16_384;

  /** Changes with any change of a table, an index, a function and so on, made and undone or not. */
  private static final String CATALOG =
      """
      select md5(string_agg(part, ',' order by part)) from (
        select concat_ws(' ', 'class', oid, xmin) from pg_class where oid >= %1$d
        union all
        select concat_ws(' ', 'attribute', attrelid, attnum, xmin)
          from pg_attribute where attrelid >= %1$d
        union all
        select concat_ws(' ', 'default', oid, xmin) from pg_attrdef
        union all
        select concat_ws(' ', 'constraint', oid, xmin) from pg_constraint where oid >= %1$d
        union all
        select concat_ws(' ', 'index', indexrelid, xmin) from pg_index where indexrelid >= %1$d
        union all
        select concat_ws(' ', 'trigger', oid, xmin) from pg_trigger
        union all
        select concat_ws(' ', 'rule', oid, xmin) from pg_rewrite where oid >= %1$d
        union all
        select concat_ws(' ', 'function', oid, xmin) from pg_proc where oid >= %1$d
        union all
        select concat_ws(' ', 'type', oid, xmin) from pg_type where oid >= %1$d
        union all
        select concat_ws(' ', 'schema', oid, xmin) from pg_namespace where nspname !~ '_temp_'
        union all
        select concat_ws(' ', 'extension', oid, xmin) from pg_extension
        union all
        select concat_ws(' ', 'database', oid, xmin)
          from pg_database where datname = current_database()
        union all
        select concat_ws(' ', 'setting', setrole, xmin) from pg_db_role_setting
          where setdatabase = (select oid from pg_database where datname = current_database())
        union all
        select concat_ws(' ', 'prepared', gid)
          from pg_prepared_xacts where database = current_database()
      ) as parts (part)
      """
          .formatted(FIRST_OWN);

  private static final Deque<EmptiedDatabase> SPARE = new ArrayDeque<>();

  private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
  private final HikariDataSource pool = database.pool(CONNECTIONS);
  private final String catalog;
  private final List<String> deletes;
  private final List<String> restarts;
  private int deleted;

  private EmptiedDatabase() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      this.catalog = column(statement, CATALOG).get(0);
      this.deletes =
          column(
              statement,
              "select 'delete from ' || oid::regclass from pg_class where relkind = 'r' and oid >= "
                  + FIRST_OWN
                  + " and relnamespace = 'public'::regnamespace and relname <> '"
                  + HISTORY
                  + "'");
      this.restarts =
          column(
              statement,
              "select format('select setval(%L, %s, false)', seqrelid::regclass, seqstart)"
                  + " from pg_sequence");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that nobody else has. */
  static EmptiedDatabase take() {
    synchronized (SPARE) {
      if (!SPARE.isEmpty()) {
        return SPARE.pop();
      }
    }
    return new EmptiedDatabase();
  }

  PostgresDatabase database() {
    return database;
  }

  HikariDataSource pool() {
    return pool;
  }

  /** Makes it as it was, for the next test. */
  void giveBack() {
    if (!isAsItWas()) {
      drop();
      return;
    }
    synchronized (SPARE) {
      SPARE.push(this);
    }
  }

  /** What a test has left it with is not to be known by another. */
  void drop() {
    database.close();
  }

  private boolean isAsItWas() {
    var used = pool.getHikariPoolMXBean();
    if (pool.isClosed()
        || used.getActiveConnections() > 0
        || used.getTotalConnections() > MOST_CONNECTIONS_KEPT) {
      return false;
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      return column(statement, CATALOG).get(0).equals(catalog)
          && isEmptied(connection, statement)
          && areReset(used.getIdleConnections());
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean isEmptied(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    // References between the tables don't matter when all of them are emptied.
    statement.execute(
        "set local lock_timeout = '1s'; set local session_replication_role = replica");
    for (String delete : deletes) {
      deleted += statement.executeUpdate(delete);
    }
    for (String restart : restarts) {
      statement.execute(restart);
    }
    connection.commit();
    reset(statement);
    connection.commit();
    return deleted <= MOST_ROWS;
  }

  /** The others of the pool. */
  private boolean areReset(int connections) throws SQLException {
    List<Connection> others = new ArrayList<>();
    try {
      for (int n = 0; n < connections; n++) {
        others.add(pool.getConnection());
      }
      for (Connection other : others) {
        try (Statement statement = other.createStatement()) {
          reset(statement);
        }
      }
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
    return true;
  }

  private static void reset(Statement statement) throws SQLException {
    statement.execute("reset all");
    statement.execute("unlisten *");
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> column = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        column.add(result.getString(1));
      }
    }
    return column;
  }
}
