package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The migrations of both dialects make the same tables: the same columns in the same order, the
 * same keys, the same indexes. Where they don't, it is written here why.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaParityTest {

  /** What each dialect has where the other has something else. */
  private record Difference(String reason, List<String> sqlite, List<String> postgresql) {}

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "a table that PostgreSQL distributes by stream_id has no unique key without it",
              List.of("events primary key (global_position)", "events unique (stream_id, seq)"),
              List.of(
                  "events primary key (stream_id, seq)",
                  "events index events_by_position (global_position)")),
          new Difference(
              "where one transaction writes at a time, the next position is behind the highest of an event, or of one that was deleted; elsewhere a sequence gives it, which has the name of that table",
              List.of(
                  "events.global_position integer not null",
                  "events_position columns (only_row, given_to)",
                  "events_position primary key (only_row)",
                  "events_position.given_to integer not null",
                  "events_position.only_row integer not null"),
              List.of("events.global_position integer not null generated")),
          new Difference(
              "a name in PostgreSQL has at most 63 bytes, of which the table's has up to 48",
              List.of(
                  "events index events_by_idempotency_key (stream_id, idempotency_key, seq) where idempotency_key is not null"),
              List.of(
                  "events index events_by_idempotency (stream_id, idempotency_key, seq) where idempotency_key is not null")),
          new Difference(
              "where one transaction writes at a time, none has events on both sides of another one's",
              List.of(),
              List.of(
                  "events index events_by_begin (((global_position + 0)), begun_after) where begun_after is not null")));

  /** Text that is only read back, never compared. */
  private static final List<String> IN_NO_ORDER =
      List.of(
          "checkpoints.stop_reason",
          "dead_letters.error",
          "dead_letters.stack_trace",
          "doc_meta.data",
          "doc_records.payload",
          "events.metadata",
          "events.tags",
          "loads.note");

  private static final int LONGEST_NAME = 63;

  @TempDir private Path directory;
  private final PostgresDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void both_dialects_have_the_same_schema_but_for_the_differences_that_have_a_reason()
      throws SQLException {
    DataSource file = SqliteDataSources.file(directory.resolve("journal.db"));
    Set<String> sqlite = described(file, "sqlite");
    Set<String> postgresql = described(database.dataSource(), "postgresql");

    assertThat(without(sqlite, postgresql))
        .as("what only SQLite has")
        .containsExactlyInAnyOrderElementsOf(
            DIFFERENCES.stream().flatMap(it -> it.sqlite().stream()).toList());
    assertThat(without(postgresql, sqlite))
        .as("what only PostgreSQL has")
        .containsExactlyInAnyOrderElementsOf(
            DIFFERENCES.stream().flatMap(it -> it.postgresql().stream()).toList());
    assertThat(sqlite)
        .as("the description itself")
        .contains(
            "streams.state text not null default 'ACTIVE'",
            "events.seq integer not null",
            "events.payload binary not null",
            "events.key_id text",
            "events_tags foreign key (stream_id, seq) to events (stream_id, seq) on delete cascade",
            "events_tags index events_tags_by_tag (tag, global_position)",
            "doc_records primary key (doc_id, seq)");
  }

  @Test
  void every_unique_key_of_a_stream_or_document_has_its_id() throws SQLException {
    Set<String> keys = new TreeSet<>(described(database.dataSource(), "postgresql"));
    keys.removeIf(line -> !line.contains(" unique ") && !line.contains(" primary key "));

    assertThat(keys)
        .containsExactly(
            "checkpoints primary key (consumer)",
            "dead_letters primary key (consumer, global_position)",
            "doc_meta primary key (doc_id)",
            "doc_records primary key (doc_id, seq)",
            "events primary key (stream_id, seq)",
            "events_tags primary key (stream_id, seq, tag)",
            "loads primary key (load_name)",
            "snapshots primary key (stream_id, seq)",
            "streams primary key (stream_id)");
  }

  @Test
  void text_that_is_compared_is_ordered_by_bytes() throws SQLException {
    migrate(database.dataSource(), "postgresql", TableNames.defaults());

    assertThat(
            postgresql(
                """
                select table_name || '.' || column_name from information_schema.columns
                where table_schema = 'public' and data_type = 'text'
                and collation_name is distinct from 'C'
                """))
        .containsExactlyInAnyOrderElementsOf(IN_NO_ORDER);
  }

  @Test
  void nothing_made_beside_the_longest_table_names_is_cut_short() throws SQLException {
    TableNames longest = longestNames();
    migrate(database.dataSource(), "postgresql", longest);

    String events = longest.given(TableNames.Table.EVENTS).orElseThrow();
    String tags = longest.given(TableNames.Table.EVENTS_TAGS).orElseThrow();
    String letters = longest.given(TableNames.Table.DEAD_LETTERS).orElseThrow();
    List<String> made = postgresql("select relname from pg_class where relname like 'long%'");
    assertThat(made)
        .contains(
            events + "_position",
            events + "_by_position",
            events + "_by_idempotency",
            events + "_by_begin",
            tags + "_by_tag",
            letters + "_by_stream",
            letters + "_asked_for")
        .anyMatch(name -> name.length() == LONGEST_NAME)
        .hasSize(Schema.tables().size() * 2 + 7);
  }

  @Test
  void a_position_fits_in_48_bits_and_is_taken_one_at_a_time() throws SQLException {
    migrate(database.dataSource(), "postgresql", TableNames.defaults());

    assertThat(
            postgresql(
                """
                select sequencename || ' ' || data_type || ' ' || start_value || ' ' || increment_by
                || ' ' || max_value || ' ' || cache_size || ' ' || cycle from pg_sequences
                """))
        .containsExactly("events_position bigint 1 1 " + ((1L << 48) - 1) + " 1 false");
  }

  private static Set<String> described(DataSource dataSource, String dialect) throws SQLException {
    migrate(dataSource, dialect, TableNames.defaults());
    try (Connection connection = dataSource.getConnection()) {
      return new DescribedSchema(connection).lines();
    }
  }

  private static void migrate(DataSource dataSource, String dialect, TableNames names) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations("filesystem:db-migrations/" + dialect)
        .placeholders(new Schema(names).placeholders())
        .load()
        .migrate();
  }

  private static TableNames longestNames() {
    TableNames names = TableNames.defaults();
    for (TableNames.Table table : TableNames.Table.values()) {
      String name = "long_" + table.name().toLowerCase(Locale.ROOT) + "_";
      names = names.with(table, name + "x".repeat(TableNames.MAX_LENGTH - name.length()));
    }
    return names;
  }

  private List<String> postgresql(String sql) throws SQLException {
    Stream.Builder<String> rows = Stream.builder();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows.build().toList();
  }

  private static Set<String> without(Set<String> lines, Set<String> others) {
    Set<String> left = new TreeSet<>(lines);
    left.removeAll(others);
    return left;
  }
}
