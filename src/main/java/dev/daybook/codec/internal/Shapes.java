package dev.daybook.codec.internal;

import dev.daybook.error.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The shapes of classes to one mapper, each found out once. Safe for several threads. */
final class Shapes {

  private final StrictMapping mapping;
  private final Map<Class<?>, ClassShape> known = new ConcurrentHashMap<>();

  Shapes(StrictMapping mapping) {
    this.mapping = mapping;
  }

  /**
   * @throws InvalidInputException if objects of the class could be written and not be read
   */
  ClassShape of(Class<?> type) {
    ClassShape shape = known.get(type);
    if (shape == null) {
      try {
        shape = ShapeReader.read(mapping.mapper(), type);
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
    return mapping.derived();
  }
}
