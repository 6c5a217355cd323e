package dev.daybook.codec.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** What a class or a stored object is refused for, in the same words by each library of JSON. */
public final class Refusals {

  private Refusals() {}

  /** A stored object lacks a property. */
  public static String missing(String property, Class<?> declaring) {
    return "the property \"%s\" of %s is missing; an upcaster can add it, or its type can be Optional or @Nullable"
        .formatted(property, declaring.getName());
  }

  /** A stored object has {@code null} for a number or a boolean. */
  public static String isNull(String property, Class<?> declaring, Class<?> type) {
    return "the property \"%s\" of %s is null; expected %s"
        .formatted(property, declaring.getName(), type);
  }

  /** The state of a class would be lost. */
  public static String isNotSeen(Class<?> type) {
    return ("%s has the fields %s and no property that Jackson sees, so nothing of it would be stored;"
            + " make it a record, give it getters such as getName(), or annotate its fields"
            + " with @JsonProperty")
        .formatted(type.getTypeName(), stateOf(type));
  }

  /** A library can't read a type, for its own reason. */
  public static String unreadable(String where, String reason, boolean isMap) {
    return where
        + ": "
        + reason
        + (isMap
            ? "; the class of a key needs a constructor or a static factory that takes its text"
            : "");
  }

  /** The names of the fields that make up the state of a class. */
  public static List<String> stateOf(Class<?> type) {
    List<String> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.isSynthetic()) {
          fields.add(field.getName());
        }
      }
    }
    return fields;
  }
}
