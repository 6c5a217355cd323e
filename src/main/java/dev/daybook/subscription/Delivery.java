package dev.daybook.subscription;

import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.Limits;

/** How often a handler gets an event, and the handler. Choose by choosing the type. */
public sealed interface Delivery<E> permits AtLeastOnce, ExactlyOnce {

  /** The most events that a handler of batches can ask for at once. */
  int MAX_BATCH = Limits.MAX_EVENTS_PER_APPEND;

  /** How many events are handled together at the most. */
  int batch();

  /**
   * Checks the size of a batch.
   *
   * @throws InvalidInputException if it is not from 1 to {@link #MAX_BATCH}
   */
  static int requireBatch(int size) {
    if (size < 1 || size > MAX_BATCH) {
      throw new InvalidInputException(
          "the batch size is %s; expected 1 to %s".formatted(size, MAX_BATCH));
    }
    return size;
  }
}
