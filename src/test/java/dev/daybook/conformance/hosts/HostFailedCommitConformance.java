package dev.daybook.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.Appended;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Commits of a host that fail, and commits that are done and said to have failed. */
abstract class HostFailedCommitConformance extends HostConformance {

  HostFailedCommitConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void a_commit_that_the_database_refuses_leaves_nothing() {
    begin(enforcingReferences());
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      append("a", 1);
                      host.insertOrder(2);
                      breakRuleOfCommit(host.dsl());
                    }))
        .isInstanceOf(RuntimeException.class);
    host.awaitRollback();
    assertNothingStored();

    host.inTransaction(() -> append("a", 1));
    assertThat(stored("a")).isEqualTo(1);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void daybook_s_transaction_says_what_the_database_has_refused() {
    begin(enforcingReferences());
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      append("a", 1);
                      breakRuleOfCommit(host.dsl());
                    }))
        .isInstanceOf(DatabaseException.class)
        .hasCauseInstanceOf(SQLException.class);
    host.awaitRollback();
    assertNothingStored();

    daybook.transaction(tx -> append("a", 1));
    assertThat(stored("a")).isEqualTo(1);
  }

  @Test
  void listeners_hear_of_what_was_committed_though_the_host_was_not_told() {
    LostAnswers answers = new LostAnswers(database.callersDataSource());
    begin(answers);
    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      append("a", 1);
                      host.insertOrder(2);
                      answers.loseNext();
                    }))
        .isInstanceOf(RuntimeException.class);

    assertThat(stored("a")).isEqualTo(1);
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void daybook_s_transaction_says_that_its_outcome_is_unknown() {
    LostAnswers answers = new LostAnswers(database.callersDataSource());
    begin(answers);
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      append("a", 1);
                      answers.loseNext();
                    }))
        .isInstanceOf(
            database.writesInParallel() ? ConnectionLostException.class : DaybookException.class)
        .hasRootCauseMessage("the answer to the commit was lost");

    assertThat(stored("a")).isEqualTo(1);
    assertThat(heard.all(journal)).hasSize(1);
  }
}
