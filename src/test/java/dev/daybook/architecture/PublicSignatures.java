package dev.daybook.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether what a user can see of a class names types that are none of a user's business. */
final class PublicSignatures extends ArchCondition<JavaClass> {

  private final Predicate<JavaClass> hidden;

  PublicSignatures(String description, Predicate<JavaClass> hidden) {
    super(description);
    this.hidden = hidden;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
        .flatMap(above -> above.getAllInvolvedRawTypes().stream())
        .filter(hidden)
        .forEach(bad -> report(events, type, type.getName() + " extends " + bad.getName()));
    for (JavaMember member : type.getMembers()) {
      if (isVisible(member)) {
        involved(member)
            .map(JavaClass::getBaseComponentType)
            .filter(hidden)
            .distinct()
            .forEach(bad -> report(events, type, member.getFullName() + " shows " + bad.getName()));
      }
    }
  }

  private static boolean isVisible(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  private static Stream<JavaClass> involved(JavaMember member) {
    if (member instanceof JavaCodeUnit method) {
      return Stream.of(
              method.getParameterTypes(),
              List.of(method.getReturnType()),
              method.getTypeParameters())
          .flatMap(Collection::stream)
          .map(JavaType.class::cast)
          .flatMap(seen -> seen.getAllInvolvedRawTypes().stream());
    }
    return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
  }

  private static void report(ConditionEvents events, JavaClass type, String problem) {
    events.add(SimpleConditionEvent.violated(type, problem));
  }
}
