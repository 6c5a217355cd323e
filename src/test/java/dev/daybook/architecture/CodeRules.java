package dev.daybook.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** What the code of a class may look like. */
final class CodeRules {

  private static final String CLI = "dev.daybook.cli..";

  /** What reads the time of the machine, where a clock should be asked. */
  private static final Set<String> TIME_OF_THE_MACHINE =
      Set.of("java.lang.System.currentTimeMillis", "java.util.Date.<init>");

  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes()
          .that()
          .resideOutsideOfPackage("dev.daybook.internal.jooq..")
          .should(
              condition(
                  "be in a package that is @NullMarked",
                  type -> type.getPackage().isAnnotatedWith(NullMarked.class)));

  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("the target reads the time of the machine", CodeRules::readsTheTime));

  static final ArchRule PUBLIC_TYPES_ARE_CLOSED =
      classes()
          .that()
          .haveModifier(JavaModifier.PUBLIC)
          .and()
          .areTopLevelClasses()
          .and()
          .resideOutsideOfPackage("dev.daybook.internal.jooq..")
          .should(
              condition(
                  "be final, sealed, a record, an enum, an interface, an annotation or an exception",
                  CodeRules::isClosed));

  static final ArchRule NO_STANDARD_STREAMS =
      noClasses().that().resideOutsideOfPackage(CLI).should(ACCESS_STANDARD_STREAMS);

  static final ArchRule NO_GENERIC_EXCEPTIONS = noClasses().should(THROW_GENERIC_EXCEPTIONS);

  /** The command line turns off what others log there. */
  static final ArchRule NO_JAVA_UTIL_LOGGING =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .accessTargetWhere(
              describe(
                  "the target is in java.util.logging",
                  access ->
                      access.getTargetOwner().getPackageName().startsWith("java.util.logging")));

  /** Digits, and upper and lower case, are others elsewhere. */
  static final ArchRule TEXT_IS_FORMATTED_FOR_A_NAMED_LOCALE =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(String.class, "toLowerCase");

  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)");

  private CodeRules() {}

  private static boolean readsTheTime(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String target = owner.getName() + "." + access.getTarget().getName();
    boolean now =
        owner.getPackageName().startsWith("java.time")
            && access.getTarget().getName().equals("now");
    return (now && !takesClock(access)) || TIME_OF_THE_MACHINE.contains(target);
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Clock.class));
  }

  private static boolean isClosed(JavaClass type) {
    return type.isInterface()
        || type.isEnum()
        || type.isRecord()
        || type.isAssignableTo(Throwable.class)
        || type.getModifiers().contains(JavaModifier.FINAL)
        || type.reflect().isSealed();
  }

  private static ArchCondition<JavaClass> condition(
      String description, Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type, holds.test(type), type.getName() + " should " + description));
      }
    };
  }
}
