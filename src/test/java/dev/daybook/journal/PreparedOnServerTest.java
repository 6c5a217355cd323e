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

/** A server prepares a statement for the types of its values, and anew if one of them changes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreparedOnServerTest {

  private static final int APPENDS = 40;

  /** The driver lets the server prepare what it has run so often. */
  private static final int UNPREPARED = 5;

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

      assertThat(runsOf(pool, "insert into \"events\"")).isEqualTo(APPENDS - UNPREPARED + 1);
    }
  }

  /** How often a statement has been run since it was prepared last. */
  private static long runsOf(HikariDataSource pool, String part) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select generic_plans + custom_plans from pg_prepared_statements where statement like '%%%s%%'"
                    .formatted(part))) {
      assertThat(found.next()).isTrue();
      return found.getLong(1);
    }
  }
}
