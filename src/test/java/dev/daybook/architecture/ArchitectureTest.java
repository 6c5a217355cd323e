package dev.daybook.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The library's classes keep the rules. {@link RulesBiteTest} shows that the rules can be broken.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.daybook");

  @Test
  void features_have_no_cycles() {
    DependencyRules.FEATURES_HAVE_NO_CYCLES.check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    DependencyRules.PACKAGES_HAVE_NO_CYCLES.check(CLASSES);
  }

  @Test
  void packages_depend_only_on_those_that_they_may_know() {
    DependencyRules.ONLY_ALLOWED_EDGES.check(CLASSES);
  }

  @Test
  void only_the_command_line_knows_itself_and_picocli() {
    DependencyRules.ONLY_THE_COMMAND_LINE_KNOWS_ITSELF_AND_PICOCLI.check(CLASSES);
  }

  @Test
  void only_its_package_knows_spring() {
    DependencyRules.ONLY_ITS_PACKAGE_KNOWS_SPRING.check(CLASSES);
  }

  @Test
  void only_its_package_knows_junit() {
    DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JUNIT.check(CLASSES);
  }

  @Test
  void the_library_does_not_know_its_testing() {
    DependencyRules.THE_LIBRARY_DOES_NOT_KNOW_ITS_TESTING.check(CLASSES);
  }

  @Test
  void only_its_package_knows_jta() {
    DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JTA.check(CLASSES);
  }

  @Test
  void only_its_package_knows_jackson_3() {
    DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JACKSON_3.check(CLASSES);
  }

  @Test
  void only_their_packages_know_tools_that_watch() {
    DependencyRules.ONLY_THEIR_PACKAGES_KNOW_TOOLS_THAT_WATCH.check(CLASSES);
  }

  @Test
  void no_public_signature_shows_what_is_internal() {
    DependencyRules.NO_PUBLIC_SIGNATURE_SHOWS_WHAT_IS_INTERNAL.check(CLASSES);
  }

  @Test
  void generated_tables_are_internal() {
    DependencyRules.GENERATED_TABLES_ARE_INTERNAL.check(CLASSES);
  }

  @Test
  void only_the_dialect_knows_databases_and_drivers() {
    DependencyRules.ONLY_THE_DIALECT_KNOWS_DATABASES_AND_DRIVERS.check(CLASSES);
  }

  @Test
  void only_one_room_runs_statements() {
    DependencyRules.ONLY_ONE_ROOM_RUNS_STATEMENTS.check(CLASSES);
  }

  @Test
  void only_internals_hold_connections() {
    DependencyRules.ONLY_INTERNALS_HOLD_CONNECTIONS.check(CLASSES);
  }

  @Test
  void only_the_schema_knows_flyway() {
    DependencyRules.ONLY_THE_SCHEMA_KNOWS_FLYWAY.check(CLASSES);
  }

  @Test
  void no_sql_is_in_a_string() {
    JooqRules.NO_PLAIN_SQL.check(CLASSES);
  }

  @Test
  void only_what_all_dialects_support_is_used() {
    JooqRules.ONLY_WHAT_ALL_DIALECTS_SUPPORT.check(CLASSES);
  }

  @Test
  void every_package_is_null_marked() {
    CodeRules.EVERY_PACKAGE_IS_NULL_MARKED.check(CLASSES);
  }

  @Test
  void time_comes_from_a_clock() {
    CodeRules.TIME_COMES_FROM_A_CLOCK.check(CLASSES);
  }

  @Test
  void public_types_are_closed() {
    CodeRules.PUBLIC_TYPES_ARE_CLOSED.check(CLASSES);
  }

  @Test
  void nothing_but_the_command_line_writes_to_standard_streams() {
    CodeRules.NO_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void exceptions_are_specific() {
    CodeRules.NO_GENERIC_EXCEPTIONS.check(CLASSES);
  }

  @Test
  void nothing_logs_by_java_util_logging() {
    CodeRules.NO_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  @Test
  void text_is_formatted_for_a_named_locale() {
    CodeRules.TEXT_IS_FORMATTED_FOR_A_NAMED_LOCALE.check(CLASSES);
  }

  @Test
  void names_say_what_a_class_is() {
    CodeRules.NAMES_SAY_WHAT_A_CLASS_IS.check(CLASSES);
  }
}
