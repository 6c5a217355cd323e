package dev.daybook.internal.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.table;

import dev.daybook.error.DaybookException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Statements that go together: as one where the database takes them so, and elsewhere one by one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptTest {

  private static final Table<?> NOTES = table(name("notes"));
  private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT.notNull());
  private static final Field<String> TEXT = field(name("text"), SQLDataType.CLOB);
  private static final Param<Long> FIRST = param(ID);
  private static final Param<Long> SECOND = param(ID);
  private static final Param<Long> HIGHEST = param(ID);

  abstract static class Suite {

    private final List<String> announced = new ArrayList<>();
    private Connection connection;
    private Session session;
    private Script together;

    abstract Connection connect() throws SQLException;

    @BeforeEach
    void connectAndRender() throws SQLException {
      connection = connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table notes (id bigint primary key, text text)");
      }
      Dialect dialect = Databases.dialect(connection);
      SqlContext context = new SqlContext(dialect, announced::add);
      session = Session.own(connection, context, dialect.settings(connection));
      DSLContext dsl = DSL.using(dialect.family());
      together =
          Script.inOrder(
              dsl,
              Script.of(dsl, () -> dsl.insertInto(NOTES, ID).values(FIRST)),
              Script.of(dsl, () -> dsl.insertInto(NOTES, ID, TEXT).values(SECOND, inline("two"))),
              Script.of(dsl, () -> dsl.deleteFrom(NOTES).where(ID.le(HIGHEST))));
    }

    @AfterEach
    void close() {
      session.close();
      drop();
    }

    void drop() {}

    @Test
    void they_are_run_in_order_each_is_announced_and_the_last_one_says_what_it_did()
        throws SQLException {
      assertThat(run(1, 2, 2)).isEqualTo(2);
      assertThat(run(3, 4, 3)).isEqualTo(1);
      assertThat(notes()).containsExactly(4L);
      assertThat(announced).hasSize(6).noneMatch(sql -> sql.contains(";"));
    }

    @Test
    void what_follows_one_that_failed_is_not_run() throws SQLException {
      run(5, 6, 0);

      assertThatThrownBy(() -> run(7, 6, 5)).isInstanceOf(DaybookException.class);

      assertThat(notes()).contains(5L, 6L).hasSize(leftByTheFirst() + 2);
    }

    /**
     * How many rows the first of three leaves behind if the second fails, without a transaction.
     */
    abstract int leftByTheFirst();

    @Test
    void in_a_transaction_they_are_a_part_of_it() throws SQLException {
      session.begin();
      run(1, 2, 1);
      session.rollBack();
      connection.setAutoCommit(true);

      assertThat(notes()).isEmpty();
    }

    @Test
    void a_parameter_that_none_of_them_has_is_refused() {
      Param<Long> strange = param(ID);
      try (Execution prepared = session.prepare(together)) {
        assertThatThrownBy(() -> prepared.set(strange, 1L))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("notes");
      }
    }

    private int run(long first, long second, long highest) {
      try (Execution prepared = session.prepare(together)) {
        return prepared.set(FIRST, first).set(SECOND, second).set(HIGHEST, highest).update();
      }
    }

    private List<Long> notes() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select id from notes order by id")) {
        List<Long> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
        return ids;
      }
    }
  }

  @Nested
  class OnSqlite extends Suite {

    @Override
    Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @Override
    int leftByTheFirst() {
      return 1;
    }
  }

  @Nested
  class OnPostgres extends Suite {

    private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();

    @Override
    Connection connect() throws SQLException {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(database.url());
      dataSource.setPreferQueryMode(queryMode());
      return dataSource.getConnection();
    }

    PreferQueryMode queryMode() {
      return PreferQueryMode.EXTENDED;
    }

    @Override
    int leftByTheFirst() {
      return 0;
    }

    @Override
    void drop() {
      database.close();
    }
  }

  /** Where the driver sends each of them by itself. */
  @Nested
  class OnPostgresOneByOne extends OnPostgres {

    @Override
    PreferQueryMode queryMode() {
      return PreferQueryMode.SIMPLE;
    }
  }
}
