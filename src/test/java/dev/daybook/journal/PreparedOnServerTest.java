package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server prepares a statement at its first use, for the types of its values, and anew if one of
 * them changes.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreparedOnServerTest {

  private static final int APPENDS = 40;

  private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void what_an_event_does_not_have_leaves_its_statement_prepared() throws SQLException {
    try (HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      NewEvent<EncodedEvent> plain = NewEvent.of(EncodedEvent.json("t", "{}"));
      NewEvent<EncodedEvent> other = plain.withMetadata(Metadata.of("k", "v"));
      for (int i = 0; i < APPENDS; i++) {
        journal.append(Append.of("s", ExpectedSeq.any(), List.of(i % 2 == 0 ? plain : other)));
      }

      assertThat(runsOf(pool, "insert into \"events\"")).isEqualTo(APPENDS);
    }
  }

  @Test
  void a_read_is_prepared_at_its_first_use() throws SQLException {
    try (HikariDataSource pool = database.pool(1);
        Daybook daybook = Daybook.builder(pool).build()) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      journal.read(EventQuery.stream("s"));
      journal.read(EventQuery.all());

      assertThat(runsOf(pool, "\"events\".\"seq\" between")).isEqualTo(1);
      assertThat(runsOf(pool, "order by \"events\".\"global_position\"")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 38", "39, 2"})
  void a_number_of_uses_that_somebody_has_chosen_stays(int uses, long runs) throws SQLException {
    try (HikariDataSource pool = database.pool(1)) {
      pool.addDataSourceProperty("prepareThreshold", String.valueOf(uses));
      try (Daybook daybook = Daybook.builder(pool).build()) {
        Journal<EncodedEvent> journal = daybook.rawJournal();
        for (int i = 0; i < APPENDS; i++) {
          journal.append("s", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
        }

        assertThat(runsOf(pool, "insert into \"events\"")).isEqualTo(runs);
      }
    }
  }

  /** How often a statement has been run since it was prepared last; 0 if it is not prepared. */
  private static long runsOf(HikariDataSource pool, String part) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select generic_plans + custom_plans from pg_prepared_statements where statement like '%%%s%%'"
                    .formatted(part))) {
      return found.next() ? found.getLong(1) : 0;
    }
  }
}
