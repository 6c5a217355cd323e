package dev.daybook.journal;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.DatabaseBusyException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer that finds the database locked by another one each time it looks: waiting goes on as
 * long as the other commits in between, and ends when the other does not.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StarvedWriterTest {

  @TempDir private Path directory;

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void waits_again_while_others_commit() throws SQLException {
    Path file = directory.resolve("shared.db");
    try (Connection other = prepared(file);
        Daybook daybook =
            Daybook.builder(file)
                .busyTimeout(Duration.ofMillis(10))
                .sqlListener(sql -> atEachLook(sql, () -> commitAndLockAgain(other, 4)))
                .build()) {
      lock(other);

      RecordedEvent<ParcelEvent> recorded =
          daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(2));

      assertThat(recorded.seq()).isEqualTo(1);
      assertThat(looks).hasValue(4);
    }
  }

  @Test
  void gives_up_when_one_holds_it_and_does_not_commit() throws SQLException {
    Path file = directory.resolve("held.db");
    try (Connection other = prepared(file);
        Daybook daybook =
            Daybook.builder(file)
                .busyTimeout(Duration.ofMillis(10))
                .sqlListener(sql -> atEachLook(sql, () -> {}))
                .build()) {
      assertThat(daybook.rawJournal().latestPosition()).isZero();
      lock(other);

      assertThatThrownBy(
              () -> daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(2)))
          .isInstanceOf(DatabaseBusyException.class);

      assertThat(looks).hasValue(1);
      run(other, "rollback");
    }
  }

  private void atEachLook(String sql, Runnable meanwhile) {
    if (sql.startsWith("begin immediate")) {
      looks.incrementAndGet();
      meanwhile.run();
    }
  }

  /** Just before it is looked at, so that it is locked again by then; not at the last look. */
  private void commitAndLockAgain(Connection other, int last) {
    run(other, "commit");
    if (looks.get() < last) {
      lock(other);
    }
  }

  private static void lock(Connection other) {
    run(other, "begin immediate");
    run(other, "insert into others values (1)");
  }

  private static Connection prepared(Path file) throws SQLException {
    try (Daybook daybook = Daybook.open(file)) {
      assertThat(daybook.rawJournal().latestPosition()).isZero();
    }
    Connection other = SqliteDataSources.file(file).getConnection();
    run(other, "create table others (id)");
    return other;
  }

  private static void run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
