package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the connections of a store on SQLite share the memory for pages. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CacheSizeTest {

  private static final long MIB = 1 << 20;

  @TempDir private Path directory;
  private RecordingDataSource dataSource = new RecordingDataSource(this::connect);

  @BeforeEach
  void record_connections() {
    dataSource = new RecordingDataSource(this::connect);
  }

  @Test
  void by_default_the_writer_and_four_readers_share_thirty_two_mebibytes() throws SQLException {
    try (Daybook daybook = Daybook.open(dataSource)) {
      readAtOnce(
          daybook,
          6,
          () ->
              assertThat(cacheSizes(dataSource))
                  .containsExactly("-8192", "-16384", "-2730", "-2730", "-2730", "-2000", "-2000"));
    }
  }

  @Test
  void a_size_that_is_asked_for_is_shared() throws SQLException {
    try (Daybook daybook = Daybook.builder(dataSource).cacheSize(12 * MIB).build()) {
      readAtOnce(
          daybook,
          6,
          () ->
              assertThat(cacheSizes(dataSource))
                  .containsExactly("-3072", "-6144", "-1024", "-1024", "-1024", "-1024", "-1024"));
    }
  }

  @Test
  void a_store_that_only_reads_has_the_same_shares() throws SQLException {
    use(Daybook.builder(dataSource));
    RecordingDataSource reading = new RecordingDataSource(this::connect);
    try (Daybook daybook = Daybook.builder(reading).readOnly().cacheSize(12 * MIB).build()) {
      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);

      assertThat(cacheSizes(reading)).containsExactly("-3072", "-6144");
    }
  }

  @Test
  void four_readers_stay_open_and_have_the_budget() throws SQLException {
    try (Daybook daybook = Daybook.open(dataSource)) {
      readAtOnce(daybook, 6);

      assertThat(cacheSizes(opened(dataSource)))
          .containsExactly("-8192", "-16384", "-2730", "-2730", "-2730");
    }
  }

  @Test
  void who_waits_for_others_commits_takes_no_share_from_who_reads() throws Exception {
    try (Daybook daybook = Daybook.builder(dataSource).pollInterval(Duration.ofMillis(5)).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append(Append.of("s", ExpectedSeq.any(), event(), event()));
      FutureTask<Boolean> waiting =
          new FutureTask<>(() -> daybook.notifier().awaitPosition(3, Duration.ofMinutes(5)));
      Thread waiter = new Thread(waiting, "waiter");
      waiter.start();
      Await.until(() -> dataSource.connections().size() > 2);
      assertThat(journal.highestSeq("s")).isEqualTo(2);
      journal.append("s", ExpectedSeq.any(), event());
      assertThat(waiting.get()).isTrue();
      waiter.join();

      assertThat(cacheSizes(dataSource)).containsOnlyOnce("-2000").containsOnlyOnce("-16384");
    }
  }

  @Test
  void a_size_that_the_data_source_has_chosen_stays() throws SQLException {
    for (String chosen : List.of("-3000", "500")) {
      RecordingDataSource choosing = choosing(chosen);
      try (Daybook daybook = Daybook.open(choosing)) {
        readAtOnce(daybook, 3);

        assertThat(cacheSizes(choosing)).containsExactly(chosen, chosen, chosen, chosen);
      }
    }
  }

  @Test
  void a_size_that_is_asked_for_comes_before_what_the_data_source_has_chosen() throws SQLException {
    RecordingDataSource choosing = choosing("-3000");
    try (Daybook daybook = Daybook.builder(choosing).cacheSize(12 * MIB).build()) {
      readAtOnce(daybook, 2);

      assertThat(cacheSizes(choosing)).containsExactly("-3072", "-6144", "-1024");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, MIB - 1, (MIB << 20) + 1, Long.MAX_VALUE})
  void less_than_a_mebibyte_and_more_than_a_tebibyte_are_refused(long bytes) {
    DaybookBuilder builder = Daybook.builder(directory.resolve("journal.db"));

    assertThatThrownBy(() -> builder.cacheSize(bytes))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the cache size is "
                + bytes
                + " bytes; expected 1048576 (1 MiB) to 1099511627776 (1 TiB)");
  }

  @ParameterizedTest
  @ValueSource(longs = {MIB, MIB << 20})
  void the_smallest_and_the_largest_size_work(long bytes) {
    Path file = directory.resolve("journal.db");
    use(Daybook.builder(file).cacheSize(bytes));
    use(Daybook.builder(file).cacheSize(bytes).wal(false));
  }

  @Test
  void a_backup_is_restored_by_a_store_that_has_a_size() {
    Path backup = directory.resolve("backup.db");
    use(Daybook.builder(directory.resolve("journal.db")).cacheSize(12 * MIB));
    try (Daybook daybook =
        Daybook.builder(directory.resolve("journal.db")).cacheSize(12 * MIB).build()) {
      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
      daybook.maintenance().backup(backup);
    }
    try (Daybook restored =
        Daybook.builder(directory.resolve("restored.db")).cacheSize(12 * MIB).build()) {
      restored.maintenance().restore(backup);
      assertThat(restored.rawJournal().latestPosition()).isEqualTo(1);
    }
  }

  private static void use(DaybookBuilder builder) {
    try (Daybook daybook = builder.build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), event());
    }
  }

  private static EncodedEvent event() {
    return EncodedEvent.json("t", "{}");
  }

  private interface Check {
    void run() throws SQLException;
  }

  private static void readAtOnce(Daybook daybook, int readers) throws SQLException {
    readAtOnce(daybook, readers, () -> {});
  }

  private static void readAtOnce(Daybook daybook, int readers, Check meanwhile)
      throws SQLException {
    daybook.rawJournal().append(Append.of("s", ExpectedSeq.any(), event(), event()));
    haveOpen(daybook.rawJournal(), readers, meanwhile);
  }

  /** Has this many streams open, one inside another. */
  private static void haveOpen(Journal<EncodedEvent> journal, int streams, Check meanwhile)
      throws SQLException {
    if (streams == 0) {
      meanwhile.run();
      return;
    }
    try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(EventQuery.all())) {
      assertThat(events.iterator().next().seq()).isEqualTo(1);
      haveOpen(journal, streams - 1, meanwhile);
    }
  }

  private static List<Connection> opened(RecordingDataSource dataSource) throws SQLException {
    List<Connection> open = new ArrayList<>();
    for (Connection connection : dataSource.connections()) {
      if (!connection.isClosed()) {
        open.add(connection);
      }
    }
    return open;
  }

  private static List<String> cacheSizes(RecordingDataSource dataSource) throws SQLException {
    return cacheSizes(dataSource.connections());
  }

  private static List<String> cacheSizes(List<Connection> connections) throws SQLException {
    List<String> sizes = new ArrayList<>();
    for (Connection connection : connections) {
      try (Statement statement = connection.createStatement();
          ResultSet size = statement.executeQuery("pragma cache_size")) {
        sizes.add(size.getString(1));
      }
    }
    return sizes;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
  }

  private RecordingDataSource choosing(String cacheSize) {
    return new RecordingDataSource(
        () -> {
          Connection connection = connect();
          try (Statement statement = connection.createStatement()) {
            statement.execute("pragma cache_size = " + cacheSize);
          }
          return connection;
        });
  }
}
