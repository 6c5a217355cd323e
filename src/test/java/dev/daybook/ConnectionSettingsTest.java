package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings hold on every connection, the writer's and each reader's, whatever they were before. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionSettingsTest {

  @TempDir private Path directory;
  private RecordingDataSource dataSource = new RecordingDataSource(this::connect);

  @BeforeEach
  void record_connections() {
    dataSource = new RecordingDataSource(this::connect);
  }

  @ParameterizedTest
  @EnumSource
  void every_connection_has_every_setting(Synchronous synchronous) throws SQLException {
    try (Daybook daybook =
        Daybook.builder(dataSource)
            .synchronous(synchronous)
            .busyTimeout(Duration.ofMillis(1_234))
            .build()) {
      readWithThreeConnections(daybook);

      assertThat(dataSource.connections()).hasSize(4);
      for (Connection connection : dataSource.connections()) {
        assertThat(pragma(connection, "synchronous"))
            .isEqualTo(synchronous == Synchronous.FULL ? "2" : "1");
        assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
        assertThat(pragma(connection, "busy_timeout")).isEqualTo("1234");
        assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      }
    }
    assertAllClosed();
  }

  @Test
  void only_the_first_connection_can_write() throws SQLException {
    try (Daybook daybook = Daybook.open(dataSource)) {
      readWithThreeConnections(daybook);

      assertThat(pragma(dataSource.connections().get(0), "query_only")).isEqualTo("0");
      for (Connection reader : dataSource.connections().subList(1, 4)) {
        assertThat(pragma(reader, "query_only")).isEqualTo("1");
      }
    }
  }

  @Test
  void the_defaults_are_full_five_seconds_and_a_write_ahead_log() throws SQLException {
    try (Daybook daybook = Daybook.open(dataSource)) {
      readWithThreeConnections(daybook);

      for (Connection connection : dataSource.connections()) {
        assertThat(pragma(connection, "synchronous")).isEqualTo("2");
        assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
        assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file::memory:",
        "jdbc:sqlite:file:shared?mode=memory&cache=shared",
        "jdbc:sqlite:"
      })
  void a_database_that_only_one_connection_can_see_has_one(String url) throws SQLException {
    RecordingDataSource memory = new RecordingDataSource(() -> DriverManager.getConnection(url));
    try (Daybook daybook = Daybook.open(memory)) {
      readWithThreeConnections(daybook);
      assertThat(daybook.rawJournal().stats().events()).isEqualTo(3);

      assertThat(memory.connections()).hasSize(1);
      assertThat(pragma(memory.connections().get(0), "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void a_write_ahead_log_stays_on_until_it_is_switched_off() throws SQLException {
    use(Daybook.builder(dataSource));
    assertThat(journalMode()).isEqualTo("wal");

    use(Daybook.builder(dataSource).wal(true));
    assertThat(journalMode()).isEqualTo("wal");

    use(Daybook.builder(dataSource).wal(false));
    assertThat(journalMode()).isEqualTo("delete");

    use(Daybook.builder(dataSource));
    assertThat(journalMode()).isEqualTo("wal");
  }

  @Test
  void a_write_ahead_log_that_others_use_cannot_be_switched_off() throws SQLException {
    use(Daybook.builder(dataSource));
    try (Daybook without =
        Daybook.builder(dataSource).wal(false).busyTimeout(Duration.ofMillis(50)).build()) {
      try (Daybook other = Daybook.open(dataSource)) {
        other.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));

        assertThatThrownBy(() -> without.rawJournal().latestPosition())
            .isInstanceOf(DatabaseBusyException.class);
      }
      assertThat(without.rawJournal().latestPosition()).isEqualTo(1);
    }
    assertThat(journalMode()).isEqualTo("delete");
    assertAllClosed();
  }

  @ParameterizedTest
  @CsvSource({"4096, 3072", "512, 24576", "65536, 192"})
  void a_commit_moves_a_log_of_twelve_mebibytes(int pageBytes, String pages) throws SQLException {
    RecordingDataSource paged =
        new RecordingDataSource(() -> connectWith("page_size = " + pageBytes));
    try (Daybook daybook = Daybook.open(paged)) {
      readWithThreeConnections(daybook);

      for (Connection connection : paged.connections()) {
        assertThat(pragma(connection, "wal_autocheckpoint")).isEqualTo(pages);
      }
    }
  }

  @Test
  void a_commit_moves_the_log_when_its_connection_says_so() throws SQLException {
    RecordingDataSource chosen =
        new RecordingDataSource(() -> connectWith("wal_autocheckpoint = 0"));
    try (Daybook daybook = Daybook.open(chosen)) {
      readWithThreeConnections(daybook);

      for (Connection connection : chosen.connections()) {
        assertThat(pragma(connection, "wal_autocheckpoint")).isEqualTo("0");
      }
    }
  }

  private static void readWithThreeConnections(Daybook daybook) {
    Journal<EncodedEvent> journal = daybook.rawJournal();
    for (int i = 0; i < 3; i++) {
      journal.append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    }
    try (Stream<RecordedEvent<EncodedEvent>> one = journal.stream(EventQuery.all());
        Stream<RecordedEvent<EncodedEvent>> two = journal.stream(EventQuery.stream("s"))) {
      assertThat(one.iterator().next()).isEqualTo(two.iterator().next());
      assertThat(journal.latestPosition()).isEqualTo(3);
    }
  }

  private static void use(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      assertThat(daybook.rawJournal().highestSeq("unknown")).isZero();
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
  }

  private Connection connectWith(String setting) throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma " + setting);
    }
    return connection;
  }

  private String journalMode() throws SQLException {
    try (Connection connection = connect()) {
      return pragma(connection, "journal_mode");
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("pragma " + name)) {
      return result.getString(1);
    }
  }

  private void assertAllClosed() {
    assertThat(dataSource.connections())
        .isNotEmpty()
        .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
  }
}
