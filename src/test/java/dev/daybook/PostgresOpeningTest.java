package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.conformance.Await;
import dev.daybook.error.ClosedException;
import dev.daybook.error.OpenException;
import dev.daybook.error.OpenException.Reason;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A real server by its URL: its connections are a pool of Daybook's own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresOpeningTest {

  private PostgresDatabase database;
  private PostgresAddress address;

  @BeforeEach
  void make_a_database() {
    database = PostgresServer.shared().newDatabase();
    address = PostgresAddress.of(database.url());
  }

  @AfterEach
  void drop_it() {
    database.close();
  }

  @Test
  void a_url_with_credentials_is_all_that_is_needed() {
    try (Daybook daybook = Daybook.open(database.url())) {
      append(daybook);

      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
      assertThat(connections()).isPositive();
      assertThat(poolThreads()).isPositive();
    }
    assertNothingLeft();
  }

  @Test
  void credentials_may_be_given_beside_the_url() {
    DaybookBuilder builder = Daybook.builder(address.url()).user(address.user());
    try (Daybook daybook = builder.password(address.password()).build()) {
      append(daybook);

      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }
  }

  @Test
  void an_opening_that_fails_leaves_no_pool_and_the_next_one_makes_another() {
    try (Daybook daybook = Daybook.builder(database.url()).migrate(false).build()) {
      OpenException refused = catchThrowableOfType(OpenException.class, daybook::schemaVersion);
      assertThat(refused.reason()).isEqualTo(Reason.TABLES);
      assertNothingLeft();

      try (Daybook maker = Daybook.open(database.url())) {
        append(maker);
      }

      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }
    assertNothingLeft();
  }

  @Test
  void a_daybook_that_only_verified_closes_its_pool_for_good() {
    try (Daybook maker = Daybook.open(database.url())) {
      append(maker);
    }
    Daybook daybook = Daybook.open(database.url());
    assertThat(daybook.maintenance().verify().isHealthy()).isTrue();

    daybook.close();
    daybook.close();

    assertThatThrownBy(() -> daybook.maintenance().verify()).isInstanceOf(ClosedException.class);
    assertThatThrownBy(daybook::schemaVersion).isInstanceOf(ClosedException.class);
    assertNothingLeft();
  }

  @Test
  void a_database_that_is_not_there_is_named() {
    String missing = address.url().replaceFirst("/daybook_\\w+", "/no_such_database");
    DaybookBuilder builder = Daybook.builder(missing).user(address.user());

    try (Daybook daybook = builder.password(address.password()).build()) {
      OpenException refused = catchThrowableOfType(OpenException.class, daybook::schemaVersion);

      assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(refused)
          .hasMessageStartingWith("postgresql://")
          .hasMessageContaining("database \"no_such_database\" does not exist");
    }
  }

  @Test
  void a_cache_size_is_refused_before_anything_is_made() {
    try (Daybook daybook = Daybook.builder(database.url()).cacheSize(64 << 20).build()) {
      for (ThrowingCallable use :
          List.<ThrowingCallable>of(daybook::schemaVersion, () -> daybook.maintenance().verify())) {
        OpenException refused = catchThrowableOfType(OpenException.class, use);

        assertThat(refused.reason()).isEqualTo(Reason.OPTION);
        assertThat(refused).hasMessageContaining("PostgreSQL can't honour a cache size");
      }
    }
    try (Daybook daybook = Daybook.builder(database.url()).migrate(false).build()) {
      OpenException refused = catchThrowableOfType(OpenException.class, daybook::schemaVersion);
      assertThat(refused.reason()).isEqualTo(Reason.TABLES);
    }
    assertNothingLeft();
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }

  /** A thread or a session that was told to end may take a moment for it. */
  private void assertNothingLeft() {
    Await.until(() -> poolThreads() == 0);
    Await.until(() -> connections() == 0);
  }

  private long poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("daybook postgresql:"))
        .filter(thread -> thread.getName().contains(address.database()))
        .count();
  }

  private long connections() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and application_name = 'daybook'")) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
