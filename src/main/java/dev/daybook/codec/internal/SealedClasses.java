package dev.daybook.codec.internal;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes that an object of a sealed type can have. */
public final class SealedClasses {

  private SealedClasses() {}

  /** In the order in which they are permitted; none if the type is not sealed all the way down. */
  public static Set<Class<?>> of(Class<?> type) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    return type.isSealed() && !type.isEnum() && addTo(classes, type) ? classes : Set.of();
  }

  private static boolean addTo(Set<Class<?>> classes, Class<?> type) {
    if (!Modifier.isAbstract(type.getModifiers()) || type.isEnum()) {
      classes.add(type);
    }
    @Nullable Class<?>[] permitted = type.isEnum() ? null : type.getPermittedSubclasses();
    if (permitted == null) {
      return type.isEnum() || Modifier.isFinal(type.getModifiers());
    }
    boolean all = true;
    for (Class<?> each : permitted) {
      all &= addTo(classes, each);
    }
    return all;
  }
}
