package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The fixture finds what it is there to find, and leaves nothing on the server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresFixtureTest {

  @Test
  void a_connection_that_was_not_given_back_is_found() throws SQLException {
    try (PostgresFixture fixture = new PostgresFixture();
        Connection kept = fixture.callersDataSource().getConnection()) {
      assertThat(kept.isValid(0)).isTrue();
      assertThatThrownBy(fixture::requireNothingLeft)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Connection to the database");
    }
  }

  @Test
  void a_lock_that_outlived_its_transaction_is_found() throws SQLException {
    try (PostgresFixture fixture = new PostgresFixture()) {
      run(fixture.callersDataSource(), "select pg_advisory_lock(7)");
      assertThatThrownBy(() -> fixture.requireNothingLeft(Duration.ofSeconds(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("ExclusiveLock on 0, 7");
    }
  }

  @Test
  void what_was_given_back_is_not() throws SQLException {
    try (PostgresFixture fixture = new PostgresFixture()) {
      run(fixture.callersDataSource(), "select 1");

      fixture.requireNothingLeft();
    }
  }

  @Test
  void what_a_test_has_stored_and_set_is_not_there_for_the_next() throws SQLException {
    for (int round = 0; round < 3; round++) {
      try (PostgresFixture fixture = new PostgresFixture()) {
        try (Daybook daybook = fixture.open()) {
          Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
          assertThat(journal.append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1)).position())
              .isEqualTo(1);
          assertThat(daybook.documents().currentMeta("d")).isEmpty();
          daybook.documents().append("d", FilledStore.META);
          daybook.transaction(
              tx -> {
                assertThat(DSL.using(tx).fetchValue("show application_name")).isNotEqualTo("set");
                DSL.using(tx).execute("set application_name = 'set'");
              });
        }
        fixture.requireNothingLeft();
      }
    }
  }

  @Test
  void a_database_whose_tables_a_test_has_changed_is_not_given_to_the_next() throws SQLException {
    for (String change :
        List.of(
            "create table other (a bigint)",
            "alter table events add other text",
            "drop table dead_letters",
            "create schema other")) {
      try (PostgresFixture fixture = new PostgresFixture()) {
        run(fixture.callersDataSource(), change);
        fixture.requireNothingLeft();
      }
      try (PostgresFixture fixture = new PostgresFixture()) {
        run(fixture.callersDataSource(), change);
      }
    }
  }

  @Test
  void databases_share_nothing_and_are_gone_when_they_are_closed() throws SQLException {
    PostgresDatabase one = PostgresServer.shared().newDatabase();
    try (PostgresDatabase other = PostgresServer.shared().newDatabase();
        one) {
      run(one.dataSource(), "create table a (b text)");
      run(other.dataSource(), "create table a (b text)");
    }

    assertThatThrownBy(() -> DriverManager.getConnection(one.url()).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void text_is_not_ordered_by_bytes_unless_that_is_asked_for() throws SQLException {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select 'a' < 'B', 'a' < 'B' collate \"C\"")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getBoolean(1)).isTrue();
      assertThat(result.getBoolean(2)).isFalse();
    }
  }

  private static void run(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
