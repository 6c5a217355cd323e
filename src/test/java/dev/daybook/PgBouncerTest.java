package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.OpenException;
import dev.daybook.fixture.MixedOperations;
import dev.daybook.fixture.PgBouncer;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PgBouncer as Debian has it, which knows nothing of statements that a client has prepared. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("system")
class PgBouncerTest {

  private static final int SESSIONS = 6;

  @TempDir private Path directory;
  private PostgresDatabase database;
  private PgBouncer proxy;

  @BeforeEach
  void begin() throws IOException {
    database = PostgresServer.shared().newDatabase();
    proxy = PgBouncer.poolingTransactions(database, SESSIONS, directory);
  }

  @AfterEach
  void end() {
    proxy.close();
    database.close();
  }

  @Test
  void statements_that_it_would_lose_are_refused_with_the_remedy() {
    requireRefused();
  }

  @RepeatedTest(3)
  void they_are_refused_in_a_database_that_has_its_tables() throws IOException {
    proxy.close();
    database.close();
    database = PostgresServer.shared().newMigratedDatabase();
    proxy = PgBouncer.poolingTransactions(database, SESSIONS, directory);

    requireRefused();
  }

  private void requireRefused() {
    try (Daybook daybook = Daybook.builder(proxy.url()).push(false).build()) {
      assertThatThrownBy(daybook::schemaVersion)
          .isInstanceOf(OpenException.class)
          .hasMessageContaining("prepareThreshold=0")
          .extracting(failure -> ((OpenException) failure).reason())
          .isEqualTo(OpenException.Reason.OPTION);
    }
  }

  @Test
  void with_the_remedy_everything_is_as_without_a_proxy() {
    String expected;
    try (Daybook daybook = Daybook.open(database.url())) {
      expected = MixedOperations.run(daybook, "run directly: ").replace("run directly: ", "");
    }

    try (Daybook daybook =
        Daybook.builder(proxy.url() + "&prepareThreshold=0").push(false).build()) {
      assertThat(MixedOperations.run(daybook, "run behind: ").replace("run behind: ", ""))
          .isEqualTo(expected);
    }
  }
}
