package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.Convoy;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Appends that share a transaction on a SQLite file, when the file fails them: whoever was told
 * that his events are recorded finds them, and nobody else's are there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteGroupCommitTest {

  private static final int CALLERS = 6;
  private static final int MOST_STATEMENTS = 60;

  @TempDir private Path directory;

  /**
   * One failure, at each statement and each row in turn. Who shared the transaction is written
   * alone after it; but if the transaction could not begin, or its commit failed, all are told.
   */
  @ParameterizedTest
  @EnumSource(When.class)
  void a_statement_that_fails_harms_nobody_and_a_commit_that_fails_is_everybodys(When when)
      throws SQLException {
    int broken = 0;
    int untold = 0;
    for (int at = 1; at <= MOST_STATEMENTS; at++) {
      FailingDataSource file =
          new FailingDataSource(SqliteDataSources.file(directory.resolve(when + "-" + at + ".db")));
      try (Daybook daybook = Daybook.builder(file).build()) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        journal.append("before", ExpectedSeq.noStream(), moved(0));
        List<Outcome<Object>> outcomes = failing(daybook, journal, file, at, when);

        Set<ParcelEvent> acknowledged = acknowledged(outcomes);
        Set<ParcelEvent> stored = stored(journal);
        if (acknowledged.size() == CALLERS) {
          broken++;
          assertThat(stored).isEqualTo(acknowledged);
        } else {
          untold++;
          assertThat(acknowledged).as("all or none, at %d", at).isEmpty();
          assertThat(outcomes)
              .extracting(Outcome::failure)
              .allSatisfy(failure -> assertThat(failure).isInstanceOf(DatabaseException.class))
              .doesNotHaveDuplicates();
          assertThat(stored.size()).isIn(0, when == When.AFTER_IT_WAS_RUN ? CALLERS : 0);
        }
        assertThat(daybook.maintenance().verify().findings()).isEmpty();
      }
    }
    assertThat(untold).as("the beginning and the commit").isEqualTo(2);
    assertThat(broken).isEqualTo(MOST_STATEMENTS - 2);
  }

  @Test
  void one_whose_row_the_database_refuses_fails_alone() throws SQLException {
    Path file = directory.resolve("refusing.db");
    try (Daybook daybook = Daybook.open(file)) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.append("before", ExpectedSeq.noStream(), EncodedEvent.json("fine", "{}"));
      refuse(file, "unwelcome");
      Convoy convoy = new Convoy(daybook);
      for (int n = 0; n < CALLERS; n++) {
        String stream = "s-" + n;
        String type = n == 2 ? "unwelcome" : "fine";
        convoy.add(
            () -> journal.append(stream, ExpectedSeq.noStream(), EncodedEvent.json(type, "{}")));
      }

      List<Outcome<Object>> outcomes = convoy.release();

      assertThat(outcomes)
          .extracting(Outcome::succeeded)
          .containsExactly(true, true, false, true, true, true);
      assertThat(outcomes.get(2).failure())
          .isInstanceOf(DatabaseException.class)
          .hasStackTraceContaining("unwelcome here");
      assertThat(journal.highestSeq("s-2")).isZero();
      assertThat(journal.stats().events()).isEqualTo(CALLERS);
    }
  }

  @Test
  void on_a_disk_that_fills_up_the_journal_has_exactly_what_was_acknowledged() {
    Path file = directory.resolve("full.db");
    List<Outcome<List<String>>> outcomes;
    try (Daybook daybook = Daybook.builder(limited(file, 400)).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      outcomes =
          ConcurrentRendezvous.collide(16, caller -> () -> appendUntilFull(journal, "c-" + caller));
    }

    List<String> acknowledged =
        outcomes.stream().flatMap(outcome -> outcome.orThrow().stream()).toList();
    try (Daybook daybook = Daybook.open(file)) {
      List<String> stored =
          daybook.rawJournal().read(EventQuery.all()).stream()
              .map(event -> event.streamId() + "/" + event.seq())
              .toList();
      assertThat(stored).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(acknowledged);
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }
  }

  @Test
  void who_waits_while_it_is_closed_is_written_or_told_so() {
    Path file = directory.resolve("closed.db");
    Daybook daybook = Daybook.open(file);
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    journal.append("before", ExpectedSeq.noStream(), moved(0));
    Convoy convoy = new Convoy(daybook);
    for (int n = 1; n <= 3; n++) {
      addTo(convoy, journal, n);
    }
    convoy.add(
        () -> {
          daybook.close();
          return moved(0);
        });
    for (int n = 4; n <= CALLERS; n++) {
      addTo(convoy, journal, n);
    }

    List<Outcome<Object>> outcomes = convoy.release();

    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.succeeded())
        .extracting(Outcome::failure)
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(ClosedException.class));
    Set<ParcelEvent> acknowledged = acknowledged(outcomes);
    try (Daybook again = Daybook.open(file)) {
      assertThat(stored(again.journal(ParcelEvent.class))).isEqualTo(acknowledged);
    }
  }

  @Test
  void a_listener_may_append_as_much_as_there_is_room_for() throws Exception {
    byte[] large = new byte[40 << 20];
    EncodedEvent event = new EncodedEvent("large", EncodedEvent.JSON, large);
    try (Daybook daybook = Daybook.inMemory()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.onAppend(
          appended -> {
            if (appended.streamId().equals("first")) {
              journal.append("second", ExpectedSeq.noStream(), event);
            }
          });

      CompletableFuture<Object> append =
          CompletableFuture.supplyAsync(
              () -> journal.append("first", ExpectedSeq.noStream(), event));

      Await.result(append);
      Await.until(() -> journal.highestSeq("second") == 1);
    }
  }

  private static List<Outcome<Object>> failing(
      Daybook daybook, Journal<ParcelEvent> journal, FailingDataSource file, int at, When when) {
    Convoy convoy = new Convoy(daybook);
    for (int n = 1; n <= CALLERS; n++) {
      addTo(convoy, journal, n);
    }
    // The holder's commit comes first.
    file.failAt(at + 1, when);
    List<Outcome<Object>> outcomes = convoy.release();
    file.disarm();
    return outcomes;
  }

  private static void addTo(Convoy convoy, Journal<ParcelEvent> journal, int n) {
    convoy.add(
        () -> {
          journal.append(
              Append.of(
                  "s-" + n, ExpectedSeq.noStream(), List.of(NewEvent.of(moved(n)).tagged("t"))));
          return moved(n);
        });
  }

  private static Set<ParcelEvent> acknowledged(List<Outcome<Object>> outcomes) {
    Set<ParcelEvent> acknowledged = new HashSet<>();
    for (Outcome<Object> outcome : outcomes) {
      if (outcome.succeeded()) {
        acknowledged.add((ParcelEvent) outcome.orThrow());
      }
    }
    acknowledged.remove(moved(0));
    return acknowledged;
  }

  private static Set<ParcelEvent> stored(Journal<ParcelEvent> journal) {
    List<ParcelEvent> stored =
        journal.read(EventQuery.all().after(1)).stream().map(RecordedEvent::data).toList();
    assertThat(stored).doesNotHaveDuplicates();
    return stored.stream().collect(Collectors.toSet());
  }

  private static List<String> appendUntilFull(Journal<EncodedEvent> journal, String stream) {
    byte[] payload = new byte[10_000];
    List<String> acknowledged = new ArrayList<>();
    int failures = 0;
    for (long seq = 0; failures < 3; ) {
      try {
        journal.append(
            stream, ExpectedSeq.exactly(seq), new EncodedEvent("filling", "bytes", payload));
        seq++;
        acknowledged.add(stream + "/" + seq);
      } catch (DatabaseException e) {
        failures++;
      }
    }
    return acknowledged;
  }

  private static SQLiteDataSource limited(Path file, int pages) {
    SQLiteConfig config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, String.valueOf(pages));
    SQLiteDataSource dataSource = new SQLiteDataSource(config);
    dataSource.setUrl("jdbc:sqlite:" + file);
    return dataSource;
  }

  private static void refuse(Path file, String type) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create trigger refusing before insert on events when new.event_type = '%s'
          begin select raise(abort, '%1$s here'); end
          """
              .formatted(type));
    }
  }
}
