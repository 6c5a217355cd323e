package dev.daybook.journal;

import dev.daybook.InvalidInputException;
import dev.daybook.Limits;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which classes a journal's events have, each with the stable name it is stored under. Immutable
 * and safe to share.
 *
 * @param <E> what all of them have in common
 */
public final class EventTypes<E> {

  private final Class<E> base;
  private final Map<String, Class<? extends E>> classes;
  private final Map<Class<?>, String> names;

  private EventTypes(Class<E> base, Map<String, Class<? extends E>> classes) {
    this.base = base;
    this.classes = classes;
    Map<Class<?>, String> byClass = new LinkedHashMap<>();
    classes.forEach((name, type) -> byClass.put(type, name));
    this.names = byClass;
  }

  /**
   * All classes of a sealed hierarchy, under the name that {@link TypeName} gives, or else their
   * simple name.
   *
   * @throws InvalidInputException if the type is not sealed, is opened again by a {@code
   *     non-sealed} type below it, or two of its classes have one name
   */
  public static <E> EventTypes<E> ofSealed(Class<E> type) {
    if (!type.isSealed()) {
      throw new InvalidInputException(
          "%s is not sealed; register its classes one by one with EventTypes.of(...).with(...)"
              .formatted(type.getName()));
    }
    return of(type).withAllOf(type);
  }

  /** No classes yet: add each with {@link #with}. */
  public static <E> EventTypes<E> of(Class<E> base) {
    return new EventTypes<>(Objects.requireNonNull(base, "base"), Map.of());
  }

  /**
   * These and one more class.
   *
   * @throws InvalidInputException if the name is taken, the class has one already, or the class is
   *     abstract
   */
  public EventTypes<E> with(String name, Class<? extends E> type) {
    Limits.requireName("event type", name);
    if (type.isInterface() || (Modifier.isAbstract(type.getModifiers()) && !type.isEnum())) {
      throw new InvalidInputException(
          "%s is abstract; expected a class that events can have".formatted(type.getName()));
    }
    Class<?> taken = classes.get(name);
    if (taken != null) {
      throw new InvalidInputException(
          "event type \"%s\" is the name of %s already; %s needs another one (see TypeName)"
              .formatted(name, taken.getName(), type.getName()));
    }
    String other = names.get(type);
    if (other != null) {
      throw new InvalidInputException(
          "%s has the event type \"%s\" already".formatted(type.getName(), other));
    }
    Map<String, Class<? extends E>> more = new LinkedHashMap<>(classes);
    more.put(name, type);
    return new EventTypes<>(base, more);
  }

  /**
   * The name that an event is stored under.
   *
   * @throws InvalidInputException if its class is not one of these
   */
  public String nameOf(E event) {
    Class<?> type =
        event instanceof Enum<?> constant ? constant.getDeclaringClass() : event.getClass();
    String name = names.get(type);
    if (name == null) {
      throw new InvalidInputException(
          "%s is not among the event types of %s: %s"
              .formatted(type.getName(), base.getName(), classes.keySet()));
    }
    return name;
  }

  /** The class of events stored under a name, if it is one of these. */
  public Optional<Class<? extends E>> classOf(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** The names, in the order in which they were registered. */
  public Set<String> names() {
    return Collections.unmodifiableSet(classes.keySet());
  }

  private EventTypes<E> withAllOf(Class<? extends E> type) {
    EventTypes<E> all = this;
    if (!Modifier.isAbstract(type.getModifiers()) || type.isEnum()) {
      TypeName given = type.getAnnotation(TypeName.class);
      all = all.with(given == null ? type.getSimpleName() : given.value(), type);
    }
    @Nullable Class<?>[] permitted = type.isEnum() ? null : type.getPermittedSubclasses();
    if (permitted == null) {
      requireClosed(type);
      return all;
    }
    for (Class<?> sub : permitted) {
      Class<? extends E> below = sub.asSubclass(base);
      all = all.names.containsKey(below) ? all : all.withAllOf(below);
    }
    return all;
  }

  private static void requireClosed(Class<?> type) {
    if (!Modifier.isFinal(type.getModifiers()) && !type.isEnum()) {
      throw new InvalidInputException(
          "%s is non-sealed, so its classes can't be listed; register them one by one with EventTypes.of(...).with(...)"
              .formatted(type.getName()));
    }
  }
}
