package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.docs.Account.Opened;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The Java of the page on PostgreSQL. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresqlPageTest {

  private PostgresDatabase database;

  @BeforeEach
  void make() {
    database = PostgresServer.shared().newDatabase();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void a_url_and_a_pool_with_a_schema_are_two_stores() throws SQLException {
    String url = database.url();
    try (Daybook daybook = Daybook.open(url)) {
      daybook.journal(Account.class).append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    }
    HikariDataSource dataSource = database.pool(10);
    Daybook history =
        Daybook.builder(dataSource).tables(TableNames.defaults().inSchema("history")).build();
    try (history) {
      assertThat(history.journal(Account.class).highestSeq("account-1")).isZero();
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery("select count(*) from history.events")) {
      assertThat(tables.next()).isTrue();
    }
  }

  @Test
  void behind_a_pooling_proxy_push_is_off() {
    String url = database.url();
    Daybook daybook = Daybook.builder(url).push(false).build();
    try (daybook) {
      assertThat(daybook.schemaVersion()).isNotEmpty();
    }
  }
}
