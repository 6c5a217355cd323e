package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.EmptyPool;
import dev.daybook.error.DeadlineException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.maintenance.VerifyOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A data source that keeps its callers waiting for a connection. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteDeadlineTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMinutes(10);
  private static final EncodedEvent EVENT = EncodedEvent.json("t", "{}");

  @TempDir Path directory;
  private EmptyPool source;

  @BeforeEach
  void make() {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + directory.resolve("store.db"));
    source = new EmptyPool(file);
  }

  @Test
  void an_opening_that_takes_too_long_is_left_and_continues() {
    source.empty();
    try (Daybook daybook = Daybook.open(source)) {
      DaybookStore bounded = daybook.withDeadline(SOON);

      assertThatThrownBy(() -> bounded.rawJournal().append("s", ExpectedSeq.any(), EVENT))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("waited for the opening of the database");
      assertThatThrownBy(() -> bounded.checkpoints().load("c"))
          .isInstanceOf(DeadlineException.class);
      Await.until(() -> !source.late().isEmpty());
      source.fill();

      assertThat(daybook.rawJournal().read(EventQuery.all())).isEmpty();
      assertThat(source.late()).as("one opening for all").hasSize(1);
    }
  }

  @Test
  void a_caller_without_a_deadline_that_opens_the_database_keeps_no_other_one_waiting()
      throws Exception {
    for (Consumer<DaybookStore> call :
        List.<Consumer<DaybookStore>>of(
            store -> store.rawJournal().read(EventQuery.all()),
            store -> store.rawJournal().read(EventQuery.stream("s")),
            store -> store.rawJournal().highestSeq("s"),
            store -> store.snapshots(String.class).loadLatest("s"),
            store -> store.documents().currentMeta("d"),
            store -> store.checkpoints().load("c"),
            store -> store.streams().status("s"),
            store -> store.subscriptions().list())) {
      source.empty();
      try (Daybook daybook = Daybook.open(source)) {
        FutureTask<Void> opening = started(() -> call.accept(daybook));
        Await.until(() -> !source.late().isEmpty());

        FutureTask<Void> bounded = started(() -> call.accept(daybook.withDeadline(SOON)));

        assertThatThrownBy(() -> Await.result(bounded))
            .hasCauseInstanceOf(DeadlineException.class)
            .hasMessageContaining("waited for the opening of the database");
        source.fill();
        Await.result(opening);
      }
    }
  }

  private static FutureTask<Void> started(Runnable call) {
    FutureTask<Void> task = new FutureTask<>(call, null);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void a_connection_that_comes_too_late_is_given_back() {
    try (Daybook daybook = Daybook.builder(source).pollInterval(Duration.ZERO).build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EVENT);
      source.empty();

      assertThatThrownBy(() -> daybook.withDeadline(SOON).rawJournal().read(EventQuery.all()))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("waited for a connection");
      Await.until(() -> !source.late().isEmpty());
      source.fill();

      Await.until(() -> isClosed(source.late().get(0)));
      try (Stream<RecordedEvent<EncodedEvent>> events =
          daybook.rawJournal().stream(EventQuery.all())) {
        assertThat(events).hasSize(1);
      }
    }
  }

  @Test
  void maintenance_of_a_file_that_is_held_is_left() throws Exception {
    try (Daybook daybook = Daybook.open(directory.resolve("store.db"))) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EVENT);
      try (Connection holder = source.getConnection()) {
        execute(holder, "begin immediate");
        assertThatThrownBy(() -> daybook.withDeadline(SOON).maintenance().compact())
            .isInstanceOf(DeadlineException.class);
        execute(holder, "rollback");
      }
      assertThat(daybook.withDeadline(LATE).maintenance().compact()).isNotNegative();
    }
  }

  @Test
  void a_check_of_a_file_ends_by_its_deadline() {
    try (Daybook daybook = Daybook.open(directory.resolve("store.db"))) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EVENT);
      VerifyOptions slow =
          VerifyOptions.defaults()
              .withProgress((step, done, total) -> LockSupport.parkNanos(2 * SOON.toNanos()));

      assertThatThrownBy(() -> daybook.withDeadline(SOON).maintenance().verify(slow))
          .isInstanceOf(DeadlineException.class);
      assertThat(daybook.withDeadline(LATE).maintenance().verify().findings()).isEmpty();
    }
  }

  @Test
  void a_backup_that_takes_too_long_is_left_and_leaves_nothing() {
    Path target = directory.resolve("backup.db");
    CountDownLatch goOn = new CountDownLatch(1);
    try (Daybook daybook = Daybook.open(directory.resolve("store.db"))) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EVENT);
      CopyOptions slow =
          CopyOptions.defaults().withProgress((step, done, total) -> Await.reached(goOn));
      Maintenance bounded = daybook.withDeadline(SOON).maintenance();

      assertThatThrownBy(() -> bounded.backup(target, slow)).isInstanceOf(DeadlineException.class);
      goOn.countDown();
      Await.until(() -> list().stream().noneMatch(name -> name.contains(".part")));
      assertThat(target).doesNotExist();

      daybook.withDeadline(LATE).maintenance().backup(target);
      assertThat(target).exists();
    }
  }

  private List<String> list() {
    return List.of(Objects.requireNonNull(directory.toFile().list()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }
}
