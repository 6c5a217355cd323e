package dev.daybook.codec.internal;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a property's declaration says that it may be null: by any annotation whose simple name is
 * {@code Nullable}, on what is declared or on its type, and that is kept until run time.
 */
final class NullableTypes {

  private NullableTypes() {}

  /**
   * @param reads what takes the property
   * @param written the property as it is written; {@code null} if it is not
   */
  static boolean isNullable(
      @Nullable AnnotatedMember reads, @Nullable BeanPropertyDefinition written) {
    return isNullable(reads)
        || (written != null && (isNullable(written.getField()) || isNullable(written.getGetter())));
  }

  private static boolean isNullable(@Nullable AnnotatedMember member) {
    if (member instanceof AnnotatedParameter parameter
        && parameter.getOwner().getMember() instanceof Executable owner) {
      return isNullable(owner, parameter.getIndex());
    }
    if (member != null && member.getMember() instanceof Field field) {
      return isNullable(field, field.getAnnotatedType());
    }
    if (member != null && member.getMember() instanceof Method method) {
      return isNullable(method, method.getAnnotatedReturnType())
          || Arrays.stream(method.getParameters()).anyMatch(NullableTypes::isNullable);
    }
    return false;
  }

  private static boolean isNullable(Executable owner, int index) {
    RecordComponent[] components = owner.getDeclaringClass().getRecordComponents();
    return isNullable(owner.getParameters()[index])
        || (components != null
            && components.length == owner.getParameterCount()
            && isNullable(components[index], components[index].getAnnotatedType()));
  }

  private static boolean isNullable(Parameter parameter) {
    return isNullable(parameter, parameter.getAnnotatedType());
  }

  private static boolean isNullable(AnnotatedElement element, AnnotatedType type) {
    return isNamed(element.getAnnotations()) || isNamed(type.getAnnotations());
  }

  private static boolean isNamed(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .anyMatch(it -> it.annotationType().getSimpleName().equals("Nullable"));
  }
}
