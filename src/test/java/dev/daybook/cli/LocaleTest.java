package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.StoredStore;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where people write other digits, SQL and what programs read still have these. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocaleTest {

  private static final String OTHER_DIGIT = "[\\p{Nd}&&[^0-9]]";
  private static final List<List<String>> LOOKING =
      List.of(
          List.of("stats"),
          List.of("streams"),
          List.of("events", "--json"),
          List.of("docs"),
          List.of("snapshots", "--json"),
          List.of("checkpoints"),
          List.of("subscriptions"),
          List.of("dead-letters", "list"),
          List.of("verify", "--json"));

  @TempDir private Path directory;
  private final Locale before = Locale.getDefault();
  private PostgresDatabase database;

  @BeforeEach
  void make_a_database() {
    database = PostgresServer.shared().newDatabase();
  }

  @AfterEach
  void drop_it() {
    Locale.setDefault(before);
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "bn-BD"})
  void a_store_is_made_filled_checked_and_copied_on_both_databases(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertThat("%d".formatted(7)).as("a locale with digits of its own").isNotEqualTo("7");
    Path file = directory.resolve("filled.db");

    try (Daybook filled = Daybook.open(file)) {
      FilledStore.fill(filled);
      assertThat(filled.maintenance().verify().findings()).isEmpty();
      try (Daybook server = Daybook.open(database.url());
          Daybook back = Daybook.open(directory.resolve("back.db"))) {
        filled.copyTo(server);
        server.copyTo(back);

        assertThat(server.maintenance().verify().findings()).isEmpty();
        assertThat(back.maintenance().verify().findings()).isEmpty();
        assertThat(StoredStore.of(back)).isEqualTo(StoredStore.of(filled));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "bn-BD"})
  void commands_print_the_same_digits_in_every_locale(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Path file = directory.resolve("filled.db");
    try (Daybook filled = Daybook.open(file)) {
      FilledStore.fill(filled);
    }
    PostgresAddress address = PostgresAddress.of(database.url());
    Map<String, String> login =
        Map.of("DAYBOOK_USER", address.user(), "DAYBOOK_PASSWORD", address.password());
    assertThat(
            Run.withEnvironment(login, "copy", "--from", file + "", "--to", address.url()).status())
        .isZero();

    for (String db : List.of(file + "", address.url())) {
      for (List<String> command : LOOKING) {
        String[] args =
            Stream.concat(command.stream(), Stream.of("--db", db)).toArray(String[]::new);
        Run run = Run.withEnvironment(login, args);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("[0-9a-z]").doesNotContainPattern(OTHER_DIGIT);
      }
    }
  }
}
