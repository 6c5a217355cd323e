package dev.daybook.document;

import dev.daybook.internal.input.InputRules;

/**
 * How the replicas of a document are kept in step. The words are the application's own; the store
 * compares them and no more.
 *
 * @param writerModel who may write
 * @param delivery how changes are delivered
 * @param durability what is kept
 */
public record SyncMode(String writerModel, String delivery, String durability) {

  /**
   * @throws dev.daybook.error.InvalidInputException if one of them is not a valid name
   */
  public SyncMode {
    InputRules.requireName("writer model", writerModel);
    InputRules.requireName("delivery", delivery);
    InputRules.requireName("durability", durability);
  }
}
