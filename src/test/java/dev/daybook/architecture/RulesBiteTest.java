package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule notices the class that breaks it, and names the place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesBiteTest {

  private static final JavaClasses VIOLATIONS =
      new ClassFileImporter().importPackages("dev.daybook.architecture.violation");

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void a_rule_notices_what_breaks_it(String place, ArchRule rule) {
    assertThat(rule.evaluate(VIOLATIONS).getFailureReport().getDetails())
        .as(rule.getDescription())
        .anySatisfy(problem -> assertThat(problem).contains(place));
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("plainSqlByCall", JooqRules.NO_PLAIN_SQL),
        Arguments.of("plainSqlByReference", JooqRules.NO_PLAIN_SQL),
        Arguments.of("unsupportedByCall", JooqRules.ONLY_WHAT_ALL_DIALECTS_SUPPORT),
        Arguments.of("unsupportedByReference", JooqRules.ONLY_WHAT_ALL_DIALECTS_SUPPORT),
        Arguments.of("has no allowed edges", DependencyRules.ONLY_ALLOWED_EDGES),
        Arguments.of("LeftRoom", DependencyRules.PACKAGES_HAVE_NO_CYCLES),
        Arguments.of("commandLine", DependencyRules.ONLY_THE_COMMAND_LINE_KNOWS_ITSELF_AND_PICOCLI),
        Arguments.of("spring", DependencyRules.ONLY_ITS_PACKAGE_KNOWS_SPRING),
        Arguments.of("junit", DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JUNIT),
        Arguments.of("testing", DependencyRules.THE_LIBRARY_DOES_NOT_KNOW_ITS_TESTING),
        Arguments.of("jta", DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JTA),
        Arguments.of("jackson3", DependencyRules.ONLY_ITS_PACKAGE_KNOWS_JACKSON_3),
        Arguments.of("metered", DependencyRules.ONLY_THEIR_PACKAGES_KNOW_TOOLS_THAT_WATCH),
        Arguments.of("traced", DependencyRules.ONLY_THEIR_PACKAGES_KNOW_TOOLS_THAT_WATCH),
        Arguments.of("recorded", DependencyRules.ONLY_THEIR_PACKAGES_KNOW_TOOLS_THAT_WATCH),
        Arguments.of("shown", DependencyRules.NO_PUBLIC_SIGNATURE_SHOWS_WHAT_IS_INTERNAL),
        Arguments.of("shown", DependencyRules.ONLY_THE_DIALECT_KNOWS_DATABASES_AND_DRIVERS),
        Arguments.of("statement", DependencyRules.ONLY_ONE_ROOM_RUNS_STATEMENTS),
        Arguments.of("shown", DependencyRules.ONLY_INTERNALS_HOLD_CONNECTIONS),
        Arguments.of("flyway", DependencyRules.ONLY_THE_SCHEMA_KNOWS_FLYWAY),
        Arguments.of("EveryRuleUtil", CodeRules.EVERY_PACKAGE_IS_NULL_MARKED),
        Arguments.of("now", CodeRules.TIME_COMES_FROM_A_CLOCK),
        Arguments.of("EveryRuleUtil", CodeRules.PUBLIC_TYPES_ARE_CLOSED),
        Arguments.of("print", CodeRules.NO_STANDARD_STREAMS),
        Arguments.of("fail", CodeRules.NO_GENERIC_EXCEPTIONS),
        Arguments.of("log", CodeRules.NO_JAVA_UTIL_LOGGING),
        Arguments.of("digits", CodeRules.TEXT_IS_FORMATTED_FOR_A_NAMED_LOCALE),
        Arguments.of("EveryRuleUtil", CodeRules.NAMES_SAY_WHAT_A_CLASS_IS));
  }
}
