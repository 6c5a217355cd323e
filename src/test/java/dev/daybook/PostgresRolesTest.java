package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.conformance.Await;
import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a role may do that has the grants which the manual lists, and what a server may refuse. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresRolesTest {

  private static final Pattern GRANTS =
      Pattern.compile("<!-- grants -->\\s+```sql\\n(.*?)```", Pattern.DOTALL);

  private PostgresDatabase database;
  private String role;

  @BeforeEach
  void migrate_as_the_owner() throws SQLException {
    database = PostgresServer.shared().newMigratedDatabase();
    role = "app_" + PostgresAddress.of(database.url()).database();
    execute("create role " + role + " login password 'secret'");
  }

  @AfterEach
  void drop() throws SQLException {
    execute("drop owned by " + role);
    execute("drop role " + role);
    database.close();
  }

  @Test
  void a_role_with_the_grants_of_the_manual_can_do_everything_but_migrate() throws Exception {
    for (String grant : grants()) {
      execute(grant.replaceAll("\\bapp\\b", role));
    }

    try (Daybook daybook = Daybook.builder(asRole()).migrate(false).build()) {
      daybook.rawJournal().append("a", ExpectedSeq.noStream(), EncodedEvent.json("t", "{}"));
      daybook.rawJournal().append("a", ExpectedSeq.exactly(1), EncodedEvent.json("t", "{}"));
      daybook.snapshots(String.class).save("a", 1, "state");
      daybook.transaction(tx -> daybook.within(tx).checkpoints().save("c", 1));
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(Subscriber.of("s", daybook.rawJournal(), AtLeastOnce.each(event -> {})))) {
        Await.position(subscription, 2);
      }
      assertThat(daybook.rawJournal().delete("a", 1)).isEqualTo(1);
      daybook.streams().archive("a");
      assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(1);
      assertThat(daybook.maintenance().verify().isHealthy()).isTrue();
      assertThat(daybook.maintenance().doctor().holders()).isEmpty();
    }
  }

  @Test
  void a_role_without_grants_is_told_so() {
    try (Daybook daybook = Daybook.builder(asRole()).migrate(false).build()) {
      assertThatThrownBy(() -> daybook.rawJournal().latestPosition())
          .isInstanceOf(DaybookException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_session_that_the_server_ended_in_an_idle_transaction_is_a_lost_connection()
      throws SQLException {
    execute("alter role " + role + " set idle_in_transaction_session_timeout = 20");
    execute("grant all on all tables in schema public to " + role);
    execute("grant all on all sequences in schema public to " + role);
    try (Daybook daybook = Daybook.builder(asRole()).migrate(false).push(false).build()) {
      assertThatThrownBy(
              () ->
                  daybook.transaction(
                      tx -> {
                        daybook.within(tx).checkpoints().save("c", 1);
                        awaitEndOfSession();
                        daybook.within(tx).checkpoints().save("c", 2);
                      }))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void a_server_without_tls_is_said_to_be_one() {
    String separator = database.url().contains("?") ? "&" : "?";
    try (Daybook daybook = Daybook.open(database.url() + separator + "sslmode=require")) {
      OpenException refusal =
          catchThrowableOfType(OpenException.class, () -> daybook.rawJournal().latestPosition());

      assertThat(refusal).hasMessageContaining("the server has no TLS");
      assertThat(refusal.reason()).isEqualTo(OpenException.Reason.UNREACHABLE);
    }
  }

  private void awaitEndOfSession() {
    Await.until(
        () -> {
          try (Connection connection = database.dataSource().getConnection();
              Statement statement = connection.createStatement();
              var sessions =
                  statement.executeQuery(
                      "select count(*) from pg_stat_activity where usename = '" + role + "'")) {
            return sessions.next() && sessions.getInt(1) == 0;
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static List<String> grants() throws IOException {
    Matcher block = GRANTS.matcher(Files.readString(Path.of("src/docs/postgresql.md")));
    assertThat(block.find()).as("a block of grants on the page").isTrue();
    return Arrays.stream(block.group(1).split(";"))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private PGSimpleDataSource asRole() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(database.url());
    dataSource.setUser(role);
    dataSource.setPassword("secret");
    return dataSource;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
