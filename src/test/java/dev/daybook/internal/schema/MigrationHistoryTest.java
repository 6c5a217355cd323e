package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** What is recognised of what Flyway has written. Where it is not, Flyway itself is asked. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationHistoryTest {

  abstract static class Suite {

    private Connection connection;

    abstract DataSource dataSource();

    void drop() {}

    @BeforeEach
    void migrate() throws SQLException {
      try (Daybook daybook = Daybook.open(dataSource())) {
        daybook.rawJournal().latestPosition();
      }
      connection = dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
      connection.close();
      drop();
    }

    @Test
    void what_flyway_has_just_run_is_current() throws SQLException {
      assertThat(isCurrent()).isTrue();
    }

    @Test
    void where_the_history_begins_is_of_no_importance() throws SQLException {
      execute(
          """
          insert into daybook_schema_history
          select 0, '0', description, 'BASELINE', script, null, installed_by, installed_on, 0, success
          from daybook_schema_history where version = '1'""");

      assertThat(isCurrent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "update daybook_schema_history set checksum = checksum + 1 where version = '3'",
          "update daybook_schema_history set success = not success where version = '3'",
          "update daybook_schema_history set script = 'V2__other.sql' where version = '2'",
          """
          delete from daybook_schema_history
          where installed_rank = (select max(installed_rank) from daybook_schema_history)""",
          """
          insert into daybook_schema_history
          select 99, '99', description, type, 'V99__next.sql', checksum, installed_by, installed_on, 0, success
          from daybook_schema_history where version = '3'""",
        })
    void anything_else_is_not(String change) throws SQLException {
      execute(change);

      assertThat(isCurrent()).isFalse();
    }

    private boolean isCurrent() throws SQLException {
      Dialect dialect = Databases.dialect(connection);
      return new MigrationHistory(
              connection,
              dialect,
              DSL.name(new Schema(TableNames.defaults()).history()),
              "/dev/daybook/db-migrations/" + dialect.migrations())
          .isCurrent();
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(sql)).isEqualTo(1);
      }
    }
  }

  @Nested
  class OnSqlite extends Suite {

    @TempDir private Path directory;

    @Override
    DataSource dataSource() {
      SQLiteDataSource dataSource = new SQLiteDataSource();
      dataSource.setUrl("jdbc:sqlite:" + directory.resolve("history.db"));
      return dataSource;
    }
  }

  @Nested
  class OnPostgres extends Suite {

    private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();

    @Override
    DataSource dataSource() {
      return database.dataSource();
    }

    @Override
    void drop() {
      database.close();
    }
  }
}
