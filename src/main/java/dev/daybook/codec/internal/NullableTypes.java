package dev.daybook.codec.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a property's declaration says that it may be null: by any annotation whose simple name is
 * {@code Nullable}, on what is declared or on its type, and that is kept until run time.
 */
public final class NullableTypes {

  private NullableTypes() {}

  /**
   * Whether a field or an accessor says so.
   *
   * @param member {@code null} says nothing
   */
  public static boolean isNullable(@Nullable Member member) {
    if (member instanceof Field field) {
      return isNullable(field, field.getAnnotatedType());
    }
    return member instanceof Method method
        && (isNullable(method, method.getAnnotatedReturnType())
            || Arrays.stream(method.getParameters()).anyMatch(NullableTypes::isNullable));
  }

  /** Whether a parameter says so, or the component of a record that it is for. */
  public static boolean isNullable(Executable owner, int index) {
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
