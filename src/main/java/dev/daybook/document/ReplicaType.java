package dev.daybook.document;

import dev.daybook.internal.input.InputRules;

/**
 * A kind of replica and its version.
 *
 * @param name the kind
 * @param major changes when old replicas can't read what new ones write
 * @param minor changes when they can
 */
public record ReplicaType(String name, int major, int minor) {

  /**
   * @throws dev.daybook.error.InvalidInputException if the name is not valid, or a number is
   *     negative
   */
  public ReplicaType {
    InputRules.requireName("replica type", name);
    InputRules.requireNotNegative("major version", major);
    InputRules.requireNotNegative("minor version", minor);
  }
}
