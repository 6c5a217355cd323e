package dev.daybook.journal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import java.util.Objects;

/**
 * A step of schema evolution: from which version, to which version, and by which upcaster.
 *
 * @param fromType the type name that the event was stored under
 * @param fromVersion the version that it was stored with, from 1
 * @param toType the type name that comes out
 * @param toVersion the version that comes out, from 1
 * @param upcaster what transforms the data
 */
public record Upcast(
    String fromType, int fromVersion, String toType, int toVersion, Upcaster upcaster) {

  /**
   * @throws InvalidInputException if a type is not a valid name, or a version is less than 1
   */
  public Upcast {
    InputRules.requireName("event type", fromType);
    InputRules.requireName("event type", toType);
    requireVersion(fromType, fromVersion);
    requireVersion(toType, toVersion);
    Objects.requireNonNull(upcaster, "upcaster");
  }

  /** Where it starts and where it leads. */
  @Override
  public String toString() {
    return "\"%s\" version %s -> \"%s\" version %s"
        .formatted(fromType, fromVersion, toType, toVersion);
  }

  static int requireVersion(String type, int version) {
    if (version < 1) {
      throw new InvalidInputException(
          "the schema version of \"%s\" is %s; expected 1 or more".formatted(type, version));
    }
    return version;
  }
}
