package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.error.DeadlineException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
  private static final EncodedEvent EVENT = EncodedEvent.json("t", "{}");

  @TempDir Path directory;
  private Empty source;

  /** Lends none as long as it is empty, and takes no notice of an interrupt. */
  private static final class Empty extends DelegatingDataSource {

    private volatile CountDownLatch filled = new CountDownLatch(0);
    private final List<Connection> late = new CopyOnWriteArrayList<>();

    Empty(DataSource delegate) {
      super(delegate);
    }

    void empty() {
      filled = new CountDownLatch(1);
    }

    void fill() {
      filled.countDown();
    }

    @Override
    protected Connection wrap(Connection connection) throws SQLException {
      if (filled.getCount() > 0) {
        late.add(connection);
      }
      while (filled.getCount() > 0) {
        try {
          filled.await();
        } catch (InterruptedException e) {
          // As a driver that waits for a socket.
        }
      }
      return connection;
    }
  }

  @BeforeEach
  void make() {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + directory.resolve("store.db"));
    source = new Empty(file);
  }

  @Test
  void an_opening_that_takes_too_long_is_left_and_continues() {
    source.empty();
    try (Daybook daybook = Daybook.open(source)) {
      Repositories bounded = daybook.withDeadline(SOON);

      assertThatThrownBy(() -> bounded.rawJournal().append("s", ExpectedSeq.any(), EVENT))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("waited for the opening of the database");
      assertThatThrownBy(() -> bounded.checkpoints().load("c"))
          .isInstanceOf(DeadlineException.class);
      Await.until(() -> !source.late.isEmpty());
      source.fill();

      assertThat(daybook.rawJournal().read(EventQuery.all())).isEmpty();
      assertThat(source.late).as("one opening for all").hasSize(1);
    }
  }

  @Test
  void a_connection_that_comes_too_late_is_given_back() {
    try (Daybook daybook = Daybook.builder(source).pollInterval(Duration.ZERO).build()) {
      daybook.rawJournal().append("s", ExpectedSeq.any(), EVENT);
      source.empty();

      assertThatThrownBy(() -> daybook.withDeadline(SOON).rawJournal().read(EventQuery.all()))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("waited for a connection");
      Await.until(() -> !source.late.isEmpty());
      source.fill();

      Await.until(() -> isClosed(source.late.get(0)));
      try (Stream<RecordedEvent<EncodedEvent>> events =
          daybook.rawJournal().stream(EventQuery.all())) {
        assertThat(events).hasSize(1);
      }
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
