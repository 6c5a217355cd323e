package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.OpenException;
import dev.daybook.fixture.DriverProperties;
import dev.daybook.fixture.MixedOperations;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/**
 * What the driver is told by the URL changes nothing of what is stored or answered; or else it is
 * refused when the store is opened, by its name.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresPropertiesTest {

  /** All run on one database, each in streams of its own. */
  private static final AtomicInteger RUNS = new AtomicInteger();

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

  /** Those that have changed something once, or come closest to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaultRowFetchSize=1",
        "defaultRowFetchSize=7&adaptiveFetch=true",
        "autosave=always&cleanupSavepoints=true",
        "preferQueryMode=simple",
        "preferQueryMode=extendedForPrepared",
        "prepareThreshold=1&preparedStatementCacheQueries=0",
        "binaryTransfer=false&reWriteBatchedInserts=true",
        "options=-c default_transaction_isolation=serializable"
      })
  void the_most_dangerous_change_nothing(String properties) {
    assertThat(fingerprint(properties)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource
  @Tag("system")
  void no_property_changes_anything(String properties) {
    assertThat(fingerprint(properties)).isEqualTo(expected);
  }

  static Stream<String> no_property_changes_anything() {
    return DriverProperties.SAME.entrySet().stream()
        .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value));
  }

  @ParameterizedTest
  @MethodSource
  void what_would_change_something_is_refused_by_its_name(String property, String value) {
    try (Daybook daybook = Daybook.open(url(property + "=" + value))) {
      assertThatThrownBy(daybook::schemaVersion)
          .isInstanceOf(OpenException.class)
          .hasMessageContaining(property)
          .extracting(failure -> ((OpenException) failure).reason())
          .isEqualTo(OpenException.Reason.OPTION);
    }
  }

  static Stream<Object[]> what_would_change_something_is_refused_by_its_name() {
    return Stream.concat(
        Stream.<Object[]>of(new Object[] {"prepareThreshold", "-1"}),
        DriverProperties.REFUSED.entrySet().stream()
            .flatMap(
                each ->
                    each.getValue().stream().map(value -> new Object[] {each.getKey(), value})));
  }

  @Test
  void every_property_of_the_driver_is_tried_with_two_values_or_left_out_for_a_reason() {
    Stream<String> known =
        Stream.of(DriverProperties.SAME, DriverProperties.REFUSED, DriverProperties.LEFT_OUT)
            .map(Map::keySet)
            .flatMap(names -> names.stream());

    assertThat(known)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PGProperty.values()).map(PGProperty::getName).toList());
    assertThat(DriverProperties.SAME.values()).allMatch(values -> values.size() >= 2);
    assertThat(DriverProperties.REFUSED.values()).allMatch(values -> values.size() >= 2);
  }

  private static String fingerprint(String properties) {
    String prefix = "run " + RUNS.incrementAndGet() + ": ";
    try (Daybook daybook = Daybook.open(url(properties))) {
      return MixedOperations.run(daybook, prefix).replace(prefix, "");
    }
  }

  private static String url(String properties) {
    return database.url()
        + Stream.of(properties.split("&"))
            .filter(property -> !property.isEmpty())
            .map(property -> property.split("=", 2))
            .map(
                property ->
                    "&"
                        + property[0]
                        + "="
                        + URLEncoder.encode(property[1], StandardCharsets.UTF_8))
            .collect(Collectors.joining());
  }
}
