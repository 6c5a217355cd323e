package dev.daybook.codec.internal;

import dev.daybook.codec.internal.MappedValue.Kind;
import dev.daybook.codec.internal.MappedValue.Lookup;
import dev.daybook.codec.internal.MappedValue.Subtypes;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Goes through everything that a mapper would read an object with, and finds out whether it could.
 * The description of a class has its properties by name, each with its type. A class that was
 * described before is named by a number, so that the search through a class that contains itself
 * ends.
 */
final class ShapeReader {

  private static final String ANYTHING = "any";

  private final Map<String, Integer> described = new HashMap<>();
  private boolean open;

  private ShapeReader() {}

  /**
   * @throws UnreadableException if objects of the class, or something in them, could be written and
   *     not be read
   */
  static ClassShape read(Lookup value, Class<?> type) throws UnreadableException {
    ShapeReader reader = new ShapeReader();
    String description = reader.describe(value, type.getSimpleName());
    return new ClassShape(reader.open, description);
  }

  private String describe(Lookup lookup, String where) throws UnreadableException {
    MappedValue value = lookup.at(where);
    Subtypes subtypes = value.subtypes();
    return subtypes != null && value.kind() != Kind.CONTAINER
        ? describeSubtypes(value, subtypes, where)
        : describe(value, where);
  }

  private String describe(MappedValue value, String where) throws UnreadableException {
    Class<?> raw = value.raw();
    if (raw == Object.class || raw == Number.class) {
      open = true;
      return ANYTHING;
    }
    return switch (value.kind()) {
      case ABSTRACT ->
          throw new UnreadableException(
              raw.isSealed()
                  ? "%s: %s is sealed, and Jackson does not know which of its classes a value has; annotate it with @JsonTypeInfo and @JsonSubTypes"
                      .formatted(where, raw.getTypeName())
                  : "%s: %s is abstract, and Jackson does not know which class a value has; annotate it with @JsonTypeInfo and @JsonSubTypes, or use a class"
                      .formatted(where, raw.getTypeName()));
      case OBJECT -> isOfTheJdk(raw) ? nameOf(raw) : describeObject(value, where);
      case REFERENCE -> nameOf(raw) + "<" + describe(value.content(), where) + ">";
      case CONTAINER -> describeContents(value, where);
      case ENUM -> "enum";
      case SIMPLE -> nameOf(raw);
    };
  }

  private String describeObject(MappedValue value, String where) throws UnreadableException {
    open |= Modifier.isAbstract(value.raw().getModifiers());
    if (!value.canBeMade()) {
      throw new UnreadableException(
          "%s: %s has no constructor that Jackson can use; %s"
              .formatted(where, value.raw().getTypeName(), remedy(value.raw())));
    }
    Integer number = described.putIfAbsent(value.canonical(), described.size());
    if (number != null) {
      return "#" + number;
    }
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, Lookup> each : value.properties().entrySet()) {
      all.put(each.getKey(), describe(each.getValue(), where + "." + each.getKey()));
    }
    for (Map.Entry<String, Lookup> each : value.unwrapped().entrySet()) {
      all.put(each.getKey(), "unwrapped " + describe(each.getValue(), where + "." + each.getKey()));
    }
    return all.toString();
  }

  private String describeContents(MappedValue value, String where) throws UnreadableException {
    Class<?> key = value.key();
    String keys =
        key == null ? "" : (Enum.class.isAssignableFrom(key) ? "enum" : nameOf(key)) + ",";
    return nameOf(value.raw()) + "<" + keys + describe(value.content(), where + "[]") + ">";
  }

  /** A type that the stored object names, among several. */
  private String describeSubtypes(MappedValue value, Subtypes subtypes, String where)
      throws UnreadableException {
    Map<String, Class<?>> byName = new TreeMap<>(subtypes.byName);
    Class<?> raw = value.raw();
    if (!Modifier.isAbstract(raw.getModifiers()) && !byName.containsValue(raw)) {
      byName.put(nameOf(raw), raw);
    }
    Set<Class<?>> permitted = SealedClasses.of(raw);
    if (permitted.isEmpty()) {
      open |= !Modifier.isFinal(raw.getModifiers());
    } else if (subtypes.byClass) {
      permitted.forEach(each -> byName.put(nameOf(each), each));
    }
    Set<Class<?>> unknown =
        permitted.stream().filter(each -> !byName.containsValue(each)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      throw new UnreadableException(
          "%s: %s can be a %s, which Jackson does not know; add it to @JsonSubTypes"
              .formatted(where, raw.getTypeName(), unknown.iterator().next().getTypeName()));
    }
    Integer number = described.putIfAbsent("of " + value.canonical(), described.size());
    if (number != null) {
      return "#" + number;
    }
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, Class<?>> each : byName.entrySet()) {
      String at = where + "(" + each.getValue().getSimpleName() + ")";
      all.put(each.getKey(), describe(value.subtype(each.getValue()).at(at), at));
    }
    return "one of " + all;
  }

  private static String remedy(Class<?> type) {
    boolean kotlin =
        Arrays.stream(type.getAnnotations())
            .anyMatch(it -> it.annotationType().getName().equals("kotlin.Metadata"));
    return kotlin
        ? "a Kotlin class needs com.fasterxml.jackson.module:jackson-module-kotlin on the class path, and registered with a custom ObjectMapper"
        : "make it a record, annotate a constructor with @JsonCreator, or give it one without arguments";
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  /** Classes may move to another package, and the JDK's don't. */
  static String nameOf(Class<?> type) {
    Class<?> wrapped = MethodType.methodType(type).wrap().returnType();
    return isOfTheJdk(wrapped) ? wrapped.getName() : wrapped.getSimpleName();
  }
}
