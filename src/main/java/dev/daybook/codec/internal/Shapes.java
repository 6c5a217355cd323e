package dev.daybook.codec.internal;

import dev.daybook.error.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The shapes of classes to one mapper, each found out once. Safe for several threads. */
public final class Shapes {

  private final Function<Class<?>, MappedValue.Lookup> mapper;
  private final Set<String> derived;
  private final Map<Class<?>, ClassShape> known = new ConcurrentHashMap<>();

  /**
   * @param mapper what it reads objects of a class as
   * @param derived the names of properties that are written and can't be read, such as that of
   *     {@code isEmpty()}, of all classes that were analysed so far
   */
  public Shapes(Function<Class<?>, MappedValue.Lookup> mapper, Set<String> derived) {
    this.mapper = mapper;
    this.derived = derived;
  }

  /**
   * The shape of a class.
   *
   * @throws InvalidInputException if objects of the class could be written and not be read
   */
  ClassShape of(Class<?> type) {
    ClassShape shape = known.get(type);
    if (shape == null) {
      try {
        shape = ShapeReader.read(mapper.apply(type), type);
      } catch (UnreadableException e) {
        throw new InvalidInputException(
            "objects of %s could be written and never be read. %s"
                .formatted(type.getTypeName(), e.getMessage()));
      }
      known.put(type, shape);
    }
    return shape;
  }

  Set<String> derived() {
    return derived;
  }
}
