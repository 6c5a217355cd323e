package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Tables that were renamed in the database, opened by their new names. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RenamedTablesTest {

  private static final TableNames LEDGER =
      TableNames.defaults().with(TableNames.Table.EVENTS, "ledger");
  private static final TableNames APP = TableNames.prefixed("app_");

  abstract static class Suite {

    abstract DataSource dataSource();

    /** What is renamed along with the table of events: a table or a sequence. */
    abstract String positions();

    void drop() {}

    @AfterEach
    void close() {
      drop();
    }

    @Test
    void a_store_whose_events_were_renamed_is_opened_by_the_new_name() throws SQLException {
      append(builder());
      renameEvents("events", "ledger");

      append(builder().tables(LEDGER).migrate(false));
      append(builder().tables(LEDGER));

      assertThat(events(LEDGER)).isEqualTo(3);
    }

    @Test
    void a_store_all_of_whose_tables_were_renamed_but_the_history_is_opened() throws SQLException {
      append(builder());
      renameAll("", "app_");

      append(builder().tables(APP));

      assertThat(events(APP)).isEqualTo(2);
    }

    @Test
    void the_history_of_another_store_is_not_taken() throws SQLException {
      append(builder().tables(TableNames.prefixed("b_")));
      append(builder().tables(APP));
      execute("drop table app_daybook_schema_history");

      assertThatThrownBy(() -> append(builder().tables(APP)))
          .isInstanceOf(OpenException.class)
          .hasMessageContaining("\"app_streams\" exists already");
    }

    @Test
    void of_two_histories_neither_is_guessed() throws SQLException {
      append(builder().tables(TableNames.prefixed("b_")));
      append(builder());
      renameEvents("b_events", "other");
      renameEvents("events", "ledger");

      assertThatThrownBy(() -> append(builder().tables(LEDGER)))
          .isInstanceOf(OpenException.class)
          .hasMessageContaining("daybook_schema_history")
          .hasMessageContaining("b_daybook_schema_history")
          .hasMessageEndingWith("to \"ledger_schema_history\"");
      execute("alter table daybook_schema_history rename to ledger_schema_history");
      append(builder().tables(LEDGER));
      assertThat(events(LEDGER)).isEqualTo(2);
    }

    @Test
    void a_store_by_other_names_is_named() {
      append(builder().tables(APP));

      assertThatThrownBy(() -> append(builder().migrate(false)))
          .isInstanceOf(OpenException.class)
          .hasMessageContaining(
              "it has a store by other names (\"app_events\": TableNames.prefixed(\"app_\")), and none of a Daybook by these names");
      try (Daybook daybook = builder().build()) {
        assertThat(daybook.maintenance().otherStores()).containsExactly(APP);
      }
      try (Daybook daybook = builder().tables(APP).build()) {
        assertThat(daybook.maintenance().otherStores()).isEmpty();
      }
    }

    private DaybookBuilder builder() {
      return Daybook.builder(dataSource());
    }

    private static void append(DaybookBuilder builder) {
      try (Daybook daybook = builder.build()) {
        daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
      }
    }

    private long events(TableNames names) {
      try (Daybook daybook = builder().tables(names).readOnly().build()) {
        assertThat(daybook.maintenance().verify().findings()).isEmpty();
        return daybook.rawJournal().read(EventQuery.stream("s")).size();
      }
    }

    private void renameEvents(String from, String to) throws SQLException {
      execute("alter table " + from + " rename to " + to);
      execute("alter " + positions() + " " + from + "_position rename to " + to + "_position");
    }

    private void renameAll(String from, String to) throws SQLException {
      for (TableNames.Table table : TableNames.Table.values()) {
        String name = table.name().toLowerCase(Locale.ROOT);
        if (table == TableNames.Table.EVENTS) {
          renameEvents(from + name, to + name);
        } else {
          execute("alter table " + from + name + " rename to " + to + name);
        }
      }
    }

    private void execute(String sql) throws SQLException {
      try (Connection connection = dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @Nested
  class OnSqlite extends Suite {

    @TempDir private Path directory;

    @Override
    DataSource dataSource() {
      SQLiteDataSource dataSource = new SQLiteDataSource();
      dataSource.setUrl("jdbc:sqlite:" + directory.resolve("renamed.db"));
      return dataSource;
    }

    @Override
    String positions() {
      return "table";
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
    String positions() {
      return "sequence";
    }

    @Override
    void drop() {
      database.close();
    }
  }
}
