package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.OpenException.Reason;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.settings.Synchronous;
import dev.daybook.settings.TableNames;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What opening does, and what it refuses, leaving everything as it was. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpeningTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name_the_file() {
    file = directory.resolve("journal.db");
  }

  @Test
  void nothing_is_touched_before_the_first_use() {
    try (Daybook daybook = Daybook.open(file)) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      assertThat(directory).isEmptyDirectory();

      assertThat(journal.latestPosition()).isZero();
      assertThat(file).exists();
    }
  }

  @Test
  void a_file_is_opened_in_wal_mode_and_every_connection_has_its_settings() {
    for (Synchronous synchronous : Synchronous.values()) {
      try (Daybook daybook =
          Daybook.builder(file)
              .synchronous(synchronous)
              .busyTimeout(Duration.ofMillis(1234))
              .build()) {
        daybook.transaction(
            tx -> {
              assertThat(setting(tx.dsl().fetchValue("pragma journal_mode"))).isEqualTo("wal");
              assertThat(setting(tx.dsl().fetchValue("pragma foreign_keys"))).isEqualTo("1");
              assertThat(setting(tx.dsl().fetchValue("pragma busy_timeout"))).isEqualTo("1234");
              assertThat(setting(tx.dsl().fetchValue("pragma synchronous")))
                  .isEqualTo(synchronous == Synchronous.FULL ? "2" : "1");
            });
      }
    }
  }

  @Test
  void full_is_the_default_and_wal_can_be_switched_off_again() throws SQLException {
    try (Daybook daybook = Daybook.open(file)) {
      daybook.transaction(
          tx -> assertThat(setting(tx.dsl().fetchValue("pragma synchronous"))).isEqualTo("2"));
    }
    assertThat(pragma("journal_mode")).isEqualTo("wal");

    use(Daybook.builder(file).wal(false));

    assertThat(pragma("journal_mode")).isEqualTo("delete");
  }

  @Test
  void options_that_memory_cannot_honour_are_errors() {
    Path memory = Path.of(":memory:");
    for (DaybookBuilder builder :
        List.of(
            Daybook.builder(memory).wal(true),
            Daybook.builder(memory).synchronous(Synchronous.NORMAL),
            Daybook.builder(memory).cacheSize(32 << 20),
            Daybook.builder(SqliteDataSources.file(Path.of(":memory:"))).wal(true))) {
      assertRefused(builder, Reason.OPTION, "in memory");
    }
    use(Daybook.builder(memory).wal(false));
    assertThat(directory).isEmptyDirectory();
    assertThatThrownBy(() -> Daybook.builder(file).busyTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void a_path_that_cannot_be_a_file_is_refused_with_its_name() {
    Path missing = directory.resolve("no/such/journal.db");
    assertRefused(Daybook.builder(missing), Reason.UNREACHABLE, missing + ": its directory");
    assertRefused(Daybook.builder(directory), Reason.UNREACHABLE, "is a directory");
    assertRefused(
        Daybook.builder(directory.resolve("what?.db")), Reason.UNREACHABLE, "question mark");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_stays_as_it_is() throws Exception {
    byte[] notes =
        "These are notes, and no database.\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    Files.write(file, notes);

    assertRefused(Daybook.builder(file), Reason.NOT_A_DATABASE, file.toString());

    assertThat(file).hasBinaryContent(notes);
    Files.delete(file);
    use(Daybook.builder(file));
  }

  @Test
  void a_schema_newer_than_the_library_is_refused_and_stays_as_it_is() throws Exception {
    use(Daybook.builder(file).wal(false));
    execute(
        "insert into daybook_schema_history"
            + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
            + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 0, 1)");
    byte[] before = Files.readAllBytes(file);

    assertRefused(Daybook.builder(file), Reason.NEWER_SCHEMA, "version 99, and this one knows");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void a_database_that_cannot_be_written_is_refused_and_stays_as_it_is() throws Exception {
    use(Daybook.builder(file).wal(false));
    byte[] before = Files.readAllBytes(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource readOnly = new SQLiteDataSource(config);
    readOnly.setUrl("jdbc:sqlite:" + file);

    assertRefused(Daybook.builder(readOnly), Reason.READ_ONLY, "can't be written");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void an_unknown_database_is_refused_with_its_name() {
    DataSource oracle =
        proxy(
            DataSource.class,
            name ->
                name.equals("getConnection")
                    ? proxy(
                        Connection.class,
                        call ->
                            call.equals("getMetaData")
                                ? proxy(DatabaseMetaData.class, it -> "Oracle")
                                : null)
                    : null);

    assertRefused(Daybook.builder(oracle), Reason.UNKNOWN_DATABASE, "\"Oracle\"");
  }

  @Test
  void two_stores_with_other_table_names_in_one_file_do_not_see_each_other() {
    TableNames single = TableNames.prefixed("s_").with(TableNames.Table.EVENTS, "order");
    try (Daybook one = Daybook.open(file);
        Daybook two = Daybook.builder(file).tables(TableNames.prefixed("other_")).build();
        Daybook three = Daybook.builder(file).tables(single).build()) {
      for (Daybook daybook : List.of(one, two, three)) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        assertThat(journal.latestPosition()).isZero();
        journal.append("s", ExpectedSeq.noStream(), ParcelEvent.moved(1));
        assertThat(journal.stats().events()).isEqualTo(1);
        assertThat(journal.delete("s", 1)).isEqualTo(1);
      }
    }
  }

  @Test
  void tables_that_are_somebody_elses_or_missing_are_refused_and_stay_as_they_are()
      throws Exception {
    execute("create table events (note text)");
    byte[] before = Files.readAllBytes(file);
    assertRefused(Daybook.builder(file), Reason.TABLES, "\"events\" exists already");
    assertThat(file).hasBinaryContent(before);

    use(Daybook.builder(file).tables(TableNames.prefixed("mine_")));
    TableNames other = TableNames.prefixed("mine_").with(TableNames.Table.STREAMS, "elsewhere");
    assertRefused(Daybook.builder(file).tables(other), Reason.TABLES, "\"elsewhere\" is missing");
  }

  @Test
  void names_that_are_no_identifiers_are_refused() {
    for (String name : List.of("", "1st", "a b", "a\"b", "sqlite_x", "x".repeat(49), "é")) {
      assertThatThrownBy(() -> TableNames.defaults().with(TableNames.Table.EVENTS, name))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not an identifier");
    }
    assertThatThrownBy(
            () ->
                Daybook.builder(file)
                    .tables(TableNames.defaults().with(TableNames.Table.EVENTS, "STREAMS"))
                    .build())
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void an_applications_own_database_keeps_its_tables_and_its_own_migrations() throws Exception {
    execute("create table flyway_schema_history (installed_rank int); create table orders (id)");

    use(Daybook.builder(file));

    try (Connection connection = connect()) {
      assertThat(
              DSL.using(connection, SQLDialect.SQLITE)
                  .fetchValues("select name from sqlite_master where type = 'table'"))
          .extracting(String::valueOf)
          .contains("flyway_schema_history", "orders", "events", "daybook_schema_history");
    }
  }

  @Test
  void several_that_open_a_new_file_at_once_all_succeed() {
    for (int round = 0; round < 5; round++) {
      Path fresh = directory.resolve("fresh-" + round + ".db");
      List<Outcome<Long>> outcomes =
          ConcurrentRendezvous.collide(
              4,
              n ->
                  () -> {
                    try (Daybook daybook = Daybook.open(fresh)) {
                      return daybook
                          .journal(ParcelEvent.class)
                          .append("s", ExpectedSeq.any(), ParcelEvent.moved(n))
                          .seq();
                    }
                  });
      assertThat(outcomes).extracting(Outcome::orThrow).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void opening_does_not_wait_for_a_writer_if_there_is_nothing_to_migrate() throws Exception {
    use(Daybook.builder(file));
    try (Connection writing = connect();
        Statement statement = writing.createStatement();
        Daybook daybook = Daybook.builder(file).busyTimeout(Duration.ZERO).build()) {
      statement.execute("begin immediate");

      assertThat(daybook.journal(ParcelEvent.class).latestPosition()).isZero();
      assertThatThrownBy(
              () ->
                  daybook
                      .journal(ParcelEvent.class)
                      .append("s", ExpectedSeq.any(), ParcelEvent.moved(1)))
          .isInstanceOf(DatabaseBusyException.class);

      statement.execute("rollback");
      daybook.journal(ParcelEvent.class).append("s", ExpectedSeq.any(), ParcelEvent.moved(1));
    }
  }

  @Test
  void a_failed_opening_is_tried_again_at_the_next_use() throws Exception {
    Path later = directory.resolve("later");
    try (Daybook daybook = Daybook.open(later.resolve("journal.db"))) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      assertThatThrownBy(journal::latestPosition).isInstanceOf(OpenException.class);
      Files.createDirectory(later);

      assertThat(journal.latestPosition()).isZero();
    }
  }

  private static void assertRefused(DaybookBuilder builder, Reason reason, String message) {
    try (Daybook daybook = builder.build()) {
      OpenException refused =
          catchThrowableOfType(
              OpenException.class, () -> daybook.journal(ParcelEvent.class).latestPosition());
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(refused).hasMessageContaining(message);
    }
  }

  private static void use(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      assertThat(daybook.journal(ParcelEvent.class).highestSeq("unknown")).isZero();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String one : sql.split(";", -1)) {
        statement.execute(one);
      }
    }
  }

  private String pragma(String name) throws SQLException {
    try (Connection connection = connect()) {
      return setting(DSL.using(connection, SQLDialect.SQLITE).fetchValue("pragma " + name));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static String setting(@Nullable Object value) {
    return String.valueOf(value);
  }

  private interface Answer {
    @Nullable Object to(String method);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            OpeningTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answer.to(method.getName())));
  }
}
