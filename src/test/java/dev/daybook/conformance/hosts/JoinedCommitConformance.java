package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.JoinedTransaction;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ExpectedSeq;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commits on an application's own connection that fail, and commits that are done and said to have
 * failed.
 */
abstract class JoinedCommitConformance extends SharedDatabaseConformance {

  JoinedCommitConformance(SharedDatabase kind) {
    super(kind);
  }

  @BeforeEach
  void listen() {
    daybook = open(options -> options.busyTimeout(NO_WAIT));
    journal = daybook.journal(ParcelEvent.class);
    journal.onAppend(heard);
  }

  private static void append(JoinedTransaction joined, String streamId) {
    joined.journal(ParcelEvent.class).append(streamId, ExpectedSeq.noStream(), moved(1));
  }

  private DSLContext on(Connection connection) {
    return DSL.using(connection, database.family());
  }

  private void insertOrder(Connection connection, long id) {
    orders.insert(on(connection).configuration(), id);
  }

  @Test
  void a_commit_that_the_database_refuses_leaves_nothing() throws Exception {
    JoiningApplication application = new JoiningApplication(enforcingReferences(), daybook);
    assertThatThrownBy(
            () ->
                application.inTransaction(
                    (joined, connection) -> {
                      append(joined, "a");
                      insertOrder(connection, 2);
                      breakRuleOfCommit(on(connection));
                    }))
        .isInstanceOf(SQLException.class);
    assertNothingStored();

    application.inTransaction((joined, connection) -> append(joined, "a"));
    assertThat(stored("a")).isEqualTo(1);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  /** SQLite keeps the transaction open then, so that the rule can still be kept. */
  @Test
  void what_is_committed_after_a_refused_commit_is_stored_and_heard_of() throws SQLException {
    try (Connection connection = enforcingReferences().getConnection()) {
      connection.setAutoCommit(false);
      JoinedTransaction joined = daybook.join(connection);
      append(joined, "a");
      breakRuleOfCommit(on(connection));
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      append(joined, "b");
      insertOrder(connection, 77);
      connection.commit();
      joined.committed();
      connection.setAutoCommit(true);
    }

    boolean isKept = !database.writesInParallel();
    assertThat(stored("a")).isEqualTo(isKept ? 1 : 0);
    assertThat(stored("b")).isEqualTo(1);
    assertThat(storedOrders()).containsExactly(1L, 77L);
    assertThat(heard.all(journal))
        .extracting(Appended::streamId)
        .containsExactly(isKept ? new String[] {"a", "b"} : new String[] {"b"});
  }

  @Test
  void listeners_hear_of_what_was_committed_though_the_application_was_not_told() {
    LostAnswers answers = new LostAnswers(database.callersDataSource());
    JoiningApplication application = new JoiningApplication(answers, daybook);
    assertThatThrownBy(
            () ->
                application.inTransaction(
                    (joined, connection) -> {
                      append(joined, "a");
                      insertOrder(connection, 2);
                      answers.loseNext();
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessage("the answer to the commit was lost");

    assertThat(stored("a")).isEqualTo(1);
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }
}
