package dev.daybook.journal;

import dev.daybook.error.EventDecodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a journal's events, each with the stable name under which it is stored and the
 * version of its schema, and how events that were stored under other names and versions are read.
 * Immutable and safe to share.
 *
 * <p><b>Renamed and moved classes.</b> The stable name stays when a class is renamed or moved. If
 * the name changes too, the old one becomes an alias: the same type, with the same versions, under
 * an older name. New events are stored under the name.
 *
 * <p><b>Changed classes.</b> New events are stored with the current version of their type. An event
 * of an older version goes through upcasters, one after the other, until it is at the current
 * version of a registered class. All chains are checked when a journal is made of these types:
 *
 * <ul>
 *   <li>no two upcasters start from the same version of a type;
 *   <li>no upcaster starts from a current version of a registered class, or a later one;
 *   <li>no chain forms a cycle;
 *   <li>every chain ends at the current version of a registered class.
 * </ul>
 *
 * <p>That an older version exists is known only if an upcaster starts from it. An event of another
 * one can't be decoded, and neither can one of a version later than the current one: reading it
 * throws {@link EventDecodeException}.
 *
 * @param <E> the common type of all of them
 */
public final class EventTypes<E> {

  /** The stored form of a class. */
  private record Stored(String name, Set<String> aliases, int version) {

    Set<String> allNames() {
      Set<String> all = new LinkedHashSet<>();
      all.add(name);
      all.addAll(aliases);
      return all;
    }
  }

  private final Class<E> base;
  private final Map<Class<? extends E>, Stored> stored;
  private final List<Upcast> upcasts;
  private final Map<String, Class<? extends E>> classes = new LinkedHashMap<>();

  private EventTypes(Class<E> base, Map<Class<? extends E>, Stored> stored, List<Upcast> upcasts) {
    this.base = base;
    this.stored = stored;
    this.upcasts = upcasts;
    stored.forEach((type, as) -> as.allNames().forEach(name -> classes.put(name, type)));
  }

  /**
   * All classes of a sealed hierarchy, under the name that {@link TypeName} gives, or else their
   * simple name.
   *
   * @throws InvalidInputException if the type is not sealed, is opened again by a {@code
   *     non-sealed} type below it, two of its classes have one name, or a version is less than 1
   */
  public static <E> EventTypes<E> ofSealed(Class<E> type) {
    requireObjects(type);
    if (!type.isSealed()) {
      throw new InvalidInputException(
          "%s is not sealed; register its classes one by one with EventTypes.of(...).with(...)"
              .formatted(type.getTypeName()));
    }
    return of(type).withAllOf(type);
  }

  /** No classes yet: add each with {@link #with}. */
  public static <E> EventTypes<E> of(Class<E> base) {
    return new EventTypes<>(Objects.requireNonNull(base, "base"), Map.of(), List.of());
  }

  /**
   * These and one more class. If it has a {@link TypeName}, that gives its aliases and version;
   * without, it has no aliases and version 1.
   *
   * @throws InvalidInputException if a name is taken or not valid, the class has one already, the
   *     class is abstract or an array, or its version is less than 1
   */
  public EventTypes<E> with(String name, Class<? extends E> type) {
    InputRules.requireName("event type", name);
    requireObjects(type);
    if (type.isInterface() || (Modifier.isAbstract(type.getModifiers()) && !type.isEnum())) {
      throw new InvalidInputException(
          "%s is abstract; expected a class that events can have".formatted(type.getTypeName()));
    }
    requireFree(name, type);
    Stored other = stored.get(type);
    if (other != null) {
      throw new InvalidInputException(
          "%s has the event type \"%s\" already".formatted(type.getTypeName(), other.name()));
    }
    Stored plain = new Stored(name, Set.of(), 1);
    TypeName given = type.getAnnotation(TypeName.class);
    return with(
        type,
        given == null
            ? plain
            : atVersion(given.version(), withAliases(type, plain, given.aliases())));
  }

  /**
   * These, where events that are stored under other names belong to a class too: the names that it
   * had before.
   *
   * @throws InvalidInputException if the class is not one of these, or a name is taken or not valid
   */
  public EventTypes<E> withAliases(Class<? extends E> type, String... aliases) {
    return with(type, withAliases(type, stored(type), aliases));
  }

  /**
   * These, where new events of a class are stored with this version. To be raised, from 1, with
   * each change that events of the version before don't fit.
   *
   * @throws InvalidInputException if the class is not one of these, or the version is less than 1
   */
  public EventTypes<E> withVersion(Class<? extends E> type, int version) {
    return with(type, atVersion(version, stored(type)));
  }

  /**
   * These, with a step from one version of a type to the next.
   *
   * @throws InvalidInputException if the type is not a valid name, or the version is less than 1
   */
  public EventTypes<E> upcast(String type, int fromVersion, Upcaster upcaster) {
    return upcast(type, fromVersion, type, fromVersion + 1, upcaster);
  }

  /**
   * These, with a step from a version of a type to a version of the same or another type. Either
   * may be named by an alias, or by a name that no class has. Whether the steps fit together is
   * checked when a journal is made of these types.
   *
   * @throws InvalidInputException if a type is not a valid name, or a version is less than 1
   */
  public EventTypes<E> upcast(
      String fromType, int fromVersion, String toType, int toVersion, Upcaster upcaster) {
    List<Upcast> more = new ArrayList<>(upcasts);
    more.add(new Upcast(fromType, fromVersion, toType, toVersion, upcaster));
    return new EventTypes<>(base, stored, Collections.unmodifiableList(more));
  }

  /**
   * The name that an event is stored under.
   *
   * @throws InvalidInputException if its class is not one of these
   */
  public String nameOf(E event) {
    return stored(
            event instanceof Enum<?> constant ? constant.getDeclaringClass() : event.getClass())
        .name();
  }

  /**
   * Whether a journal of these types can decode events that are stored under a name with a version:
   * it is the current version of one of their classes, or an upcaster starts from it.
   */
  public boolean reads(String type, int version) {
    Class<? extends E> current = classes.get(type);
    return (current != null && stored(current).version() == version)
        || upcasts.stream()
            .anyMatch(
                step ->
                    step.fromVersion() == version
                        && ownName(step.fromType()).equals(ownName(type)));
  }

  /** The name of which a name is an alias. */
  private String ownName(String name) {
    Class<? extends E> type = classes.get(name);
    return type == null ? name : stored(type).name();
  }

  /**
   * Every name under which events of a class may be stored, to query by: its name, its aliases, and
   * the names of the types that upcasters make it of.
   *
   * @throws InvalidInputException if the class is not one of these
   */
  public Set<String> namesOf(Class<? extends E> type) {
    Stored as = stored(type);
    Set<String> names = as.allNames();
    Set<Upcast> leading = new LinkedHashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Upcast step : upcasts) {
        boolean leads =
            leadsTo(step, as.name(), as.version())
                || leading.stream().anyMatch(it -> leadsTo(step, it.fromType(), it.fromVersion()));
        more |= leads && leading.add(step);
      }
    }
    leading.forEach(step -> names.addAll(allNames(step.fromType())));
    return Collections.unmodifiableSet(names);
  }

  /**
   * The names under which events of a class were stored before.
   *
   * @throws InvalidInputException if the class is not one of these
   */
  public Set<String> aliasesOf(Class<? extends E> type) {
    return Collections.unmodifiableSet(stored(type).aliases());
  }

  /**
   * The version that new events of a class are stored with.
   *
   * @throws InvalidInputException if the class is not one of these
   */
  public int versionOf(Class<? extends E> type) {
    return stored(type).version();
  }

  /** The class of events stored under a name or an alias, if it is one of these. */
  public Optional<Class<? extends E>> classOf(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** The names, without aliases, in the order in which they were registered. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    stored.values().forEach(as -> names.add(as.name()));
    return Collections.unmodifiableSet(names);
  }

  /** The steps from older versions, in the order in which they were registered. */
  public List<Upcast> upcasts() {
    return upcasts;
  }

  private boolean leadsTo(Upcast step, String type, int version) {
    return step.toVersion() == version && allNames(step.toType()).contains(type);
  }

  /** The names of the type that one of them names. */
  private Set<String> allNames(String name) {
    Class<? extends E> type = classes.get(name);
    return type == null ? Set.of(name) : stored(type).allNames();
  }

  private EventTypes<E> with(Class<? extends E> type, Stored as) {
    Map<Class<? extends E>, Stored> more = new LinkedHashMap<>(stored);
    more.put(type, as);
    return new EventTypes<>(base, more, upcasts);
  }

  private Stored withAliases(Class<?> type, Stored as, String... aliases) {
    Set<String> all = new LinkedHashSet<>(as.aliases());
    for (String alias : aliases) {
      requireFree(InputRules.requireName("event type", alias), type);
      if (alias.equals(as.name())) {
        throw taken(alias, type, type);
      }
      all.add(alias);
    }
    return new Stored(as.name(), all, as.version());
  }

  private static Stored atVersion(int version, Stored as) {
    return new Stored(as.name(), as.aliases(), Upcast.requireVersion(as.name(), version));
  }

  private Stored stored(Class<?> type) {
    Stored as = stored.get(type);
    if (as == null) {
      throw new InvalidInputException(
          "%s is not among the event types of %s: %s"
              .formatted(type.getTypeName(), base.getTypeName(), names()));
    }
    return as;
  }

  private static void requireObjects(Class<?> type) {
    if (type.isArray() || type.isPrimitive()) {
      throw new InvalidInputException(
          "%s is an array or a primitive type; expected a class that events can have, such as a record with such a component"
              .formatted(type.getTypeName()));
    }
  }

  private void requireFree(String name, Class<?> type) {
    Class<?> taken = classes.get(name);
    if (taken != null) {
      throw taken(name, taken, type);
    }
  }

  private static InvalidInputException taken(String name, Class<?> by, Class<?> type) {
    return new InvalidInputException(
        "event type \"%s\" is the name of %s already; %s needs another one (see TypeName)"
            .formatted(name, by.getTypeName(), type.getTypeName()));
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
      all = all.stored.containsKey(below) ? all : all.withAllOf(below);
    }
    return all;
  }

  private static void requireClosed(Class<?> type) {
    if (!Modifier.isFinal(type.getModifiers()) && !type.isEnum()) {
      throw new InvalidInputException(
          "%s is non-sealed, so its classes can't be listed; register them one by one with EventTypes.of(...).with(...)"
              .formatted(type.getTypeName()));
    }
  }
}
