package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.maintenance.WriteAheadLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who moves the write-ahead log into the file, and when. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WalCheckpointsTest {

  /** Enough for the thread, and not enough for a commit. */
  private static final int COMMITS = 128;

  private static final int EVENT_BYTES = 60_000;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path directory;
  private Path file = Path.of("journal.db");

  @BeforeEach
  void choose_a_file() {
    file = directory.resolve("journal.db");
  }

  @Test
  void a_thread_moves_what_has_gathered_and_is_gone_after_the_close() {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, COMMITS);

      assertThat(movers()).hasSize(1);
      Await.until(() -> log(daybook).heldBytes().equals(OptionalLong.of(0)));
      long before = log(daybook).bytes();
      append(daybook, COMMITS);
      assertThat(log(daybook).bytes()).as("written from its beginning again").isEqualTo(before);
    }
    assertThat(movers()).isEmpty();
  }

  @Test
  void the_log_stays_short_however_much_is_written() {
    try (Daybook daybook = Daybook.open(file)) {
      for (int times = 0; times < 10; times++) {
        append(daybook, COMMITS);
        // While the thread is kept from its work, commits don't move anything either.
        Await.until(
            () -> {
              append(daybook, 1);
              return log(daybook).bytes() <= 16 * MEBIBYTE;
            });
      }
    }
  }

  @Test
  void what_a_reader_needs_as_it_was_is_left_until_it_has_gone() {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, 1);
      try (Stream<RecordedEvent<EncodedEvent>> events =
          daybook.rawJournal().stream(EventQuery.all())) {
        Iterator<RecordedEvent<EncodedEvent>> reader = events.iterator();
        assertThat(reader.next().seq()).isEqualTo(1);
        append(daybook, 4 * COMMITS);
        assertThat(log(daybook).bytes()).isGreaterThan(16 * MEBIBYTE);
        assertThat(reader.hasNext()).isFalse();
      }
      Await.until(
          () -> {
            append(daybook, 1);
            return log(daybook).bytes() <= 16 * MEBIBYTE;
          });
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }
  }

  @Test
  void nobody_moves_it_where_that_is_switched_off() {
    try (Daybook daybook = Daybook.builder(file).walCheckpoints(false).build()) {
      append(daybook, 3 * COMMITS);

      assertThat(movers()).isEmpty();
      assertThat(log(daybook).bytes()).isGreaterThan(16 * MEBIBYTE);
      assertThat(log(daybook).heldBytes().orElseThrow()).isGreaterThan(16 * MEBIBYTE);
    }
  }

  @Test
  void connections_that_say_when_a_commit_moves_it_are_left_to_that() {
    DataSource chosen = withSetting("wal_autocheckpoint = 5000");
    try (Daybook daybook = Daybook.open(chosen)) {
      append(daybook, COMMITS);

      assertThat(movers()).isEmpty();
      assertThat(log(daybook).heldBytes().orElseThrow()).isGreaterThan(6 * MEBIBYTE);
    }
    try (Daybook off = Daybook.builder(chosen).walCheckpoints(false).build()) {
      append(off, 3 * COMMITS);

      assertThat(log(off).heldBytes().orElseThrow()).isGreaterThan(16 * MEBIBYTE);
    }
  }

  @Test
  void a_database_without_a_log_takes_no_choice_about_it() {
    for (boolean on : List.of(true, false)) {
      try (Daybook memory = Daybook.builder(SqliteDataSources.memory()).walCheckpoints(on).build();
          Daybook without = Daybook.builder(file).wal(false).walCheckpoints(on).build()) {
        assertRefused(memory, "checkpoints of a write-ahead log");
        assertRefused(without, "without a write-ahead log");
      }
    }
    assertThatThrownBy(() -> Daybook.builder(file).readOnly().walCheckpoints(false).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("checkpoints");
  }

  @Test
  void a_server_makes_its_own() {
    try (PostgresFixture postgres = new PostgresFixture();
        Daybook daybook =
            Daybook.builder(postgres.callersDataSource()).walCheckpoints(false).build()) {
      assertRefused(daybook, "a choice about checkpoints: the server makes them");
    }
  }

  private static void assertRefused(Daybook daybook, String why) {
    assertThatThrownBy(() -> daybook.rawJournal().latestPosition())
        .isInstanceOfSatisfying(
            OpenException.class, e -> assertThat(e.reason()).isEqualTo(OpenException.Reason.OPTION))
        .hasMessageContaining(why);
  }

  private static void append(Daybook daybook, int commits) {
    EncodedEvent event = EncodedEvent.json("Large", "\"" + "x".repeat(EVENT_BYTES) + "\"");
    for (int n = 0; n < commits; n++) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), event);
    }
  }

  private static WriteAheadLog log(Daybook daybook) {
    return daybook.maintenance().doctor().log().orElseThrow();
  }

  private static List<String> movers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter("daybook-log-mover"::equals)
        .toList();
  }

  private DataSource withSetting(String setting) {
    return new RecordingDataSource(
        () -> {
          Connection connection = SqliteDataSources.file(file).getConnection();
          try (var statement = connection.createStatement()) {
            statement.execute("pragma " + setting);
          } catch (SQLException e) {
            connection.close();
            throw e;
          }
          return connection;
        });
  }
}
