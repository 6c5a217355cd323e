package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases and pools that a store can't work with, and what is said of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnfitConnectionsTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name_the_file() {
    file = directory.resolve("journal.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void a_file_in_another_encoding_is_refused(String encoding) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma encoding = '" + encoding + "'");
      statement.execute("create table own (id)");
    }

    try (Daybook daybook = Daybook.open(file)) {
      assertRefused(daybook, OpenException.Reason.OPTION, "encoding is " + encoding);
    }
  }

  @Test
  void a_pool_that_is_too_small_is_told_how_many_it_needs() {
    try (HikariDataSource pool = pool(5)) {
      try (Daybook daybook = Daybook.open(pool)) {
        assertRefused(
            daybook, OpenException.Reason.OPTION, "the pool has at most 5 connections; expected 6");
      }
    }
    try (HikariDataSource pool = pool(6);
        Daybook daybook = Daybook.open(pool)) {
      append(daybook);
    }
  }

  @Test
  void a_pool_of_read_only_connections_is_told_what_it_is() {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook);
    }
    try (HikariDataSource pool = pool(10)) {
      pool.addDataSourceProperty("open_mode", "1");
      pool.setReadOnly(true);
      try (Daybook daybook = Daybook.open(pool)) {
        assertRefused(daybook, OpenException.Reason.READ_ONLY, "the connections are read-only");
      }
      try (Daybook daybook = Daybook.builder(pool).readOnly().build()) {
        assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_write_in_a_callers_read_only_transaction_is_refused_as_that() throws SQLException {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("pragma query_only = 1");

        assertThatThrownBy(
                () ->
                    DSL.using(connection, SQLDialect.SQLITE)
                        .transaction(
                            tx ->
                                daybook
                                    .within(tx)
                                    .rawJournal()
                                    .append("a", ExpectedSeq.any(), event())))
            .isInstanceOf(ReadOnlyException.class);
      }
    }
  }

  private HikariDataSource pool(int connections) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:sqlite:" + file);
    pool.setMaximumPoolSize(connections);
    pool.setMinimumIdle(0);
    return pool;
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("a", ExpectedSeq.any(), event());
  }

  private static EncodedEvent event() {
    return EncodedEvent.json("t", "{}");
  }

  private static void assertRefused(Daybook daybook, OpenException.Reason reason, String text) {
    OpenException refusal =
        catchThrowableOfType(OpenException.class, () -> daybook.rawJournal().latestPosition());
    assertThat(refusal).hasMessageContaining(text);
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
