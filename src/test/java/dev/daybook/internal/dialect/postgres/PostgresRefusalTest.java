package dev.daybook.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.dialect.Dialect;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** Which failures make it certain that nothing was written. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresRefusalTest {

  private final Dialect dialect = new PostgresDialect();

  @ParameterizedTest
  @ValueSource(
      strings = {"22001", "23514", "23505", "25006", "40001", "40P01", "42501", "54000", "55P03"})
  void what_the_server_refuses_was_not_written(String state) {
    assertThat(dialect.isRefusal(saidByServer(state))).isTrue();
  }

  /** The portal of rows that were to be fetched, a statement's name, a lost answer, a shutdown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000", "08006", "08P01", "24000", "25P03", "26000", "34000", "40003", "53200", "57P01",
        "58030", "XX000"
      })
  void whatever_else_the_server_says_may_be_about_what_came_after_the_commit(String state) {
    assertThat(dialect.isRefusal(saidByServer(state))).isFalse();
  }

  @Test
  void what_the_driver_says_may_be_about_an_answer_that_it_has_got() {
    assertThat(
            dialect.isRefusal(new PSQLException("bad value", PSQLState.NUMERIC_VALUE_OUT_OF_RANGE)))
        .isFalse();
    assertThat(dialect.isRefusal(new SQLException("no state"))).isFalse();
  }

  @Test
  void a_pool_may_pass_on_in_its_own_words_what_the_server_has_said() {
    PSQLException said = saidByServer("23505");

    assertThat(
            dialect.isRefusal(
                new BatchUpdateException("a batch failed", said.getSQLState(), new int[0], said)))
        .isTrue();
  }

  @Test
  void of_two_failures_the_second_may_be_another() {
    SQLException first = saidByServer("23505");
    first.setNextException(saidByServer("08006"));

    assertThat(dialect.isRefusal(first)).isFalse();
  }

  private static PSQLException saidByServer(String state) {
    return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Msaid\0"));
  }
}
