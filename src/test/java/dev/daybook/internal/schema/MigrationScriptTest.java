package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The script for an administrator does what a migration does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationScriptTest {

  abstract static class Suite {

    abstract DataSource dataSource();

    abstract String dialect();

    void drop() {}

    @AfterEach
    void close() {
      drop();
    }

    @Test
    void an_empty_database_has_a_store_afterwards() throws SQLException {
      TableNames names = TableNames.prefixed("app_");
      String script = script(names);

      assertNothingMade(names);
      run(script);

      append(builder(names).migrate(false));
      assertThat(script(names)).isEmpty();
      requireFlywayAgrees(names);
    }

    @Test
    void an_older_store_is_up_to_date_afterwards() throws SQLException {
      OlderSchema.make(dataSource(), dialect(), "3");
      TableNames names = TableNames.defaults();
      String script = script(names);

      assertThatThrownBy(() -> append(builder(names).migrate(false)))
          .hasMessageContaining("has version 3");
      assertThat(script).contains("from schema version 3 to ").doesNotContain("V3__");
      run(script);

      append(builder(names).migrate(false));
      assertThat(script(names)).isEmpty();
      requireFlywayAgrees(names);
    }

    @Test
    void tables_that_are_not_the_stores_are_refused() throws SQLException {
      run("create table streams (id int)");

      assertThatThrownBy(() -> script(TableNames.defaults()))
          .isInstanceOf(OpenException.class)
          .hasMessageContaining("\"streams\" exists already");
    }

    DaybookBuilder builder(TableNames names) {
      return Daybook.builder(dataSource()).tables(names);
    }

    String script(TableNames names) {
      try (Daybook daybook = builder(names).build()) {
        return daybook.maintenance().migrationScript();
      }
    }

    static void append(DaybookBuilder builder) {
      try (Daybook daybook = builder.build()) {
        daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
        assertThat(daybook.maintenance().verify().findings()).isEmpty();
      }
    }

    private void assertNothingMade(TableNames names) {
      assertThatThrownBy(() -> append(builder(names).migrate(false)))
          .hasMessageContaining("it has no tables");
    }

    /** The next migration of all is going to be run by Flyway, which reads the history. */
    private void requireFlywayAgrees(TableNames names) {
      Schema schema = new Schema(names);
      Flyway flyway =
          Flyway.configure()
              .dataSource(dataSource())
              .locations("classpath:dev/daybook/db-migrations/" + dialect())
              .table(schema.history())
              .placeholders(schema.placeholders())
              .load();
      flyway.validate();
      assertThat(flyway.info().pending()).isEmpty();
      assertThat(flyway.info().applied()).allMatch(run -> run.getInstalledOn() != null);
    }

    void run(String script) throws SQLException {
      try (Connection connection = dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(script);
      }
    }
  }

  @Nested
  class OnSqlite extends Suite {

    @TempDir private Path directory;

    @Override
    DataSource dataSource() {
      SQLiteDataSource dataSource = new SQLiteDataSource();
      dataSource.setUrl("jdbc:sqlite:" + directory.resolve("script.db"));
      return dataSource;
    }

    @Override
    String dialect() {
      return "sqlite";
    }

    @Test
    void a_file_need_not_exist() throws SQLException {
      Path file = directory.resolve("script.db");
      String script;
      try (Daybook daybook = Daybook.open(file)) {
        script = daybook.maintenance().migrationScript();
      }

      assertThat(file).doesNotExist();
      run(script);
      append(Daybook.builder(file).migrate(false));
    }
  }

  @Nested
  class OnPostgres extends Suite {

    private final PostgresDatabase database = PostgresServer.shared().newDatabase();

    @Override
    DataSource dataSource() {
      return database.dataSource();
    }

    @Override
    String dialect() {
      return "postgresql";
    }

    @Override
    void drop() {
      database.close();
    }

    @Test
    void a_schema_is_made_with_its_tables() throws SQLException {
      TableNames names = TableNames.defaults().inSchema("history");

      run(script(names));

      append(builder(names).migrate(false));
      try (Daybook daybook = builder(TableNames.defaults()).build()) {
        assertThat(daybook.maintenance().otherStores()).containsExactly(names);
      }
    }
  }
}
