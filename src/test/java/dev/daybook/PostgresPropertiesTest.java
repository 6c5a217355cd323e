package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.MixedOperations;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver is told by the URL changes nothing of what is stored or answered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresPropertiesTest {

  private static PostgresDatabase database;
  private static String expected;

  @BeforeAll
  static void run_with_the_defaults() {
    database = PostgresServer.shared().newMigratedDatabase();
    expected = fingerprint("");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaultRowFetchSize=1",
        "defaultRowFetchSize=7",
        "autosave=always",
        "autosave=conservative",
        "preferQueryMode=simple",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything",
        "prepareThreshold=0",
        "prepareThreshold=1",
        "binaryTransfer=false",
        "reWriteBatchedInserts=true",
        "stringtype=unspecified",
        "preparedStatementCacheQueries=0"
      })
  void each_gives_the_same(String property) {
    assertThat(fingerprint(property)).isEqualTo(expected);
  }

  private static String fingerprint(String property) {
    String prefix = "run " + property + ": ";
    try (Daybook daybook = Daybook.open(database.url() + "&" + property)) {
      return MixedOperations.run(daybook, prefix).replace(prefix, "");
    }
  }
}
