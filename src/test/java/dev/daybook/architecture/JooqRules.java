package dev.daybook.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.PlainSQL;
import org.jooq.SQLDialect;
import org.jooq.Support;

/** What may be used of jOOQ. Calls and method references alike. */
final class JooqRules {

  /** The generator writes the defaults of columns as plain SQL. */
  private static final String[] EXCEPT = {
    "dev.daybook.internal.dialect..", "dev.daybook.internal.jooq.."
  };

  private static final List<SQLDialect> OURS = List.of(SQLDialect.SQLITE, SQLDialect.POSTGRES);

  /** No SQL in a string. */
  static final ArchRule NO_PLAIN_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackages(EXCEPT)
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the target is annotated with @PlainSQL",
                  access -> member(access).filter(JooqRules::takesPlainSql).isPresent()));

  /** Nothing that one of our databases has no words for. */
  static final ArchRule ONLY_WHAT_ALL_DIALECTS_SUPPORT =
      noClasses()
          .that()
          .resideOutsideOfPackages(EXCEPT)
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the target's @Support lacks one of " + OURS,
                  access -> member(access).filter(JooqRules::lacksSupport).isPresent()));

  private JooqRules() {}

  private static Optional<? extends JavaMember> member(JavaAccess<?> access) {
    return access.getTargetOwner().getPackageName().startsWith("org.jooq")
        ? access.getTarget().resolveMember()
        : Optional.empty();
  }

  private static boolean takesPlainSql(JavaMember member) {
    return member.isAnnotatedWith(PlainSQL.class);
  }

  private static boolean lacksSupport(JavaMember member) {
    return member
        .tryGetAnnotationOfType(Support.class)
        .map(Support::value)
        .filter(supported -> supported.length > 0)
        .map(
            supported ->
                OURS.stream().anyMatch(ours -> Arrays.stream(supported).noneMatch(ours::supports)))
        .orElse(false);
  }
}
