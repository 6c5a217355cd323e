package dev.daybook.sqlcatalogue;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks a catalogue on one database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheckedCatalogue {

  private final SeededStore store;
  final SqlCatalogue catalogue;

  CheckedCatalogue(SeededStore store, Function<DSLContext, SqlCatalogue> catalogue)
      throws SQLException {
    this.store = store;
    this.catalogue = catalogue.apply(store.renderer());
  }

  @AfterAll
  void close() throws SQLException {
    store.close();
  }

  @Test
  void the_catalogue_is_up_to_date() {
    catalogue.checkText(store.explainer());
  }

  @Test
  void every_statement_has_an_expected_plan() {
    catalogue.checkThatNoneIsForgotten();
  }

  @Test
  void of_every_statement_it_is_said_who_runs_it() {
    catalogue.checkThatSomebodyRunsEach();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void is_shown_as_it_runs(String statement) {
    catalogue.checkThatFileShows(statement);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void has_the_expected_plan(String statement) {
    catalogue.checkPlan(statement, store.explainer());
  }

  List<String> statements() {
    return catalogue.names();
  }
}
