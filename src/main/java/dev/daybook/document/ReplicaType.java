package dev.daybook.document;

import dev.daybook.Limits;

/**
 * A kind of replica and its version.
 *
 * @param name the kind
 * @param major changes when old replicas can't read what new ones write
 * @param minor changes when they can
 */
public record ReplicaType(String name, int major, int minor) {

  /**
   * @throws dev.daybook.InvalidInputException if the name is none, or a number is negative
   */
  public ReplicaType {
    Limits.requireName("replica type", name);
    Limits.requireNotNegative("major version", major);
    Limits.requireNotNegative("minor version", minor);
  }
}
