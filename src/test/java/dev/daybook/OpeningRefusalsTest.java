package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.OpenException.Reason;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

/**
 * A refused opening closes its connection, changes no byte of any file and leaves no file behind;
 * and what was in the way can be put right.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpeningRefusalsTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name_the_file() {
    file = directory.resolve("journal.db");
  }

  /** Not of a single byte: SQLite takes such a file for an empty one. */
  @ParameterizedTest
  @ValueSource(ints = {2, 15, 16, 99, 100, 101, 511, 512, 513, 4_096, 100_000})
  void garbage_of_any_length_is_no_database(int length) throws IOException {
    byte[] garbage = new byte[length];
    Arrays.fill(garbage, (byte) 'x');
    Files.write(file, garbage);

    assertRefused(Daybook.builder(file), Reason.NOT_A_DATABASE, file + ": the file exists and is");
    assertRefused(Daybook.builder(dataSource()), Reason.NOT_A_DATABASE, "is not a SQLite database");
  }

  @Test
  void an_empty_file_is_an_empty_database() throws IOException {
    Files.createFile(file);

    use(Daybook.builder(file));
  }

  @Test
  void a_newer_schema_in_a_write_ahead_log_is_left_alone() throws SQLException {
    use(Daybook.builder(file));
    try (Connection keepsTheLog = connect()) {
      execute(
          keepsTheLog,
          "insert into daybook_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success)"
              + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 0, 1)");

      assertRefused(Daybook.builder(file), Reason.NEWER_SCHEMA, file + ": a newer Daybook");
      assertRefused(Daybook.builder(file).wal(false), Reason.NEWER_SCHEMA, "has version 99");
    }
  }

  @Test
  void a_read_only_database_that_would_have_to_be_migrated_is_left_alone() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "create table own (id)");
    }

    assertRefused(Daybook.builder(readOnly()), Reason.READ_ONLY, "can't be written");
  }

  @Test
  void a_read_only_database_with_a_write_ahead_log_is_left_alone() {
    use(Daybook.builder(file));

    assertRefused(Daybook.builder(readOnly()), Reason.READ_ONLY, "can't be written");
  }

  @Test
  void a_read_only_connection_to_a_missing_file_makes_none() {
    assertThatThrownBy(() -> use(Daybook.builder(readOnly()))).isInstanceOf(OpenException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_store_that_differs_in_some_names_only_is_refused() {
    use(Daybook.builder(file).wal(false));
    for (TableNames.Table table : TableNames.Table.values()) {
      TableNames names = TableNames.defaults().with(table, "another");

      assertRefused(Daybook.builder(file).wal(false).tables(names), Reason.TABLES, "table \"");
    }
  }

  @Test
  void a_store_whose_history_is_lost_is_refused() throws SQLException {
    use(Daybook.builder(file).wal(false));
    try (Connection connection = connect()) {
      execute(connection, "drop table daybook_schema_history");
    }

    assertRefused(Daybook.builder(file), Reason.TABLES, "exists already");
  }

  @Test
  void a_view_in_the_place_of_a_table_is_refused() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "create view events as select 1 as one");
    }

    assertRefused(Daybook.builder(file), Reason.TABLES, "\"events\" exists already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daybook_schema_history",
        "events_by_idempotency_key",
        "events_tags_by_tag",
        "DAYBOOK_SCHEMA_HISTORY"
      })
  void a_name_that_the_store_needs_for_something_else_is_refused(String name) {
    TableNames names = TableNames.defaults().with(TableNames.Table.STREAMS, name);

    assertThatThrownBy(() -> use(Daybook.builder(file).tables(names)))
        .isInstanceOfAny(InvalidInputException.class, OpenException.class)
        .hasMessageContaining(name);
    use(Daybook.builder(file));
  }

  @Test
  void an_index_of_somebody_elses_in_the_way_is_refused() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "create table own (id)");
      execute(connection, "create index events_tags_by_tag on own (id)");
    }

    assertRefused(Daybook.builder(file), Reason.MIGRATION, "events_tags_by_tag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b.db", "a%20b.db", "a#b.db", "a'b.db", "ü€😀.db", "file:a.db", "a;b.db", "a&b"})
  void a_path_is_taken_literally(String name) {
    Path odd = directory.resolve(name);

    use(Daybook.builder(odd).wal(false));

    assertThat(directory).isDirectoryContaining(path -> path.equals(odd));
    assertThat(files()).hasSize(1);
  }

  @Test
  void a_migration_waits_for_a_writer_as_long_as_it_was_told_to() throws SQLException {
    try (Connection writing = connect();
        Daybook daybook = Daybook.builder(file).busyTimeout(Duration.ofMillis(20)).build()) {
      execute(writing, "begin immediate");
      assertThatThrownBy(() -> daybook.rawJournal().latestPosition())
          .isInstanceOf(DatabaseBusyException.class);
      execute(writing, "rollback");

      assertThat(daybook.rawJournal().latestPosition()).isZero();
    }
  }

  @Test
  void a_current_store_is_opened_inside_a_callers_transaction() throws SQLException {
    use(Daybook.builder(file));
    try (Connection own = connect();
        Daybook daybook = Daybook.builder(file).busyTimeout(Duration.ZERO).build()) {
      execute(own, "create table projection (id)");

      DSL.using(own, SQLDialect.SQLITE)
          .transaction(
              transaction -> {
                transaction.dsl().execute("insert into projection values (1)");
                daybook
                    .within(transaction)
                    .rawJournal()
                    .append("s", ExpectedSeq.exactly(1), EncodedEvent.json("t", "{}"));
              });

      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(2);
    }
  }

  @Test
  void a_schema_is_no_place_in_SQLite() {
    TableNames names = TableNames.prefixed("x_").inSchema("history");

    assertRefused(Daybook.builder(file).tables(names), Reason.OPTION, "the schema \"history\"");
    use(Daybook.builder(file));
    assertRefused(Daybook.builder(file).tables(names), Reason.OPTION, "the schema \"history\"");
    assertRefused(
        Daybook.builder(dataSource()).tables(names), Reason.OPTION, "the schema \"history\"");
  }

  private void assertRefused(DaybookBuilder builder, Reason reason, String message) {
    Map<Path, String> before = files();
    try (Daybook daybook = builder.build()) {
      OpenException refused =
          catchThrowableOfType(OpenException.class, () -> daybook.rawJournal().latestPosition());
      assertThat(refused.reason()).as(refused.toString()).isEqualTo(reason);
      assertThat(refused).hasMessageContaining(message);
      assertThat(files()).isEqualTo(before);
    }
    assertThat(files()).isEqualTo(before);
  }

  private static void use(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      assertThat(daybook.rawJournal().latestPosition()).isPositive();
    }
  }

  private RecordingDataSource dataSource() {
    return new RecordingDataSource(this::connect);
  }

  private RecordingDataSource readOnly() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return new RecordingDataSource(() -> config.createConnection("jdbc:sqlite:" + file));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Every file with its content; but not the index of a write-ahead log, which changes with each
   * reader, and not a log without an entry, which a read-only connection can't remove.
   */
  private Map<Path, String> files() {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path path : files.filter(path -> !path.toString().endsWith("-shm")).toList()) {
        byte[] content = Files.readAllBytes(path);
        if (content.length > 0 || !path.toString().endsWith("-wal")) {
          contents.put(path, content.length + " bytes, " + Arrays.hashCode(content));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }
}
