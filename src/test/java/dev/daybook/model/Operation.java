package dev.daybook.model;

import dev.daybook.Repositories;

/**
 * Something that is done to a store and to its model. Its text says all that there is to know, so
 * that a failure can be repeated by hand.
 */
interface Operation {

  /**
   * Does it to both, and compares what they answer.
   *
   * @throws AssertionError if they differ
   */
  void run(Model model, Repositories store);
}
