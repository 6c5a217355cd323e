package dev.daybook.maintenance;

import java.util.Objects;

/**
 * How many events of a type are stored with a version of its schema.
 *
 * @param type the type's name
 * @param schemaVersion the version
 * @param count of events; 1 at least
 */
public record TypeCount(String type, int schemaVersion, long count) {

  public TypeCount {
    Objects.requireNonNull(type, "type");
  }
}
