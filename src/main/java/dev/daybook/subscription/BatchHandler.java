package dev.daybook.subscription;

import dev.daybook.journal.RecordedEvent;
import java.util.List;

/** Handles several events, {@link AtLeastOnce at least once}. */
@FunctionalInterface
public interface BatchHandler<E> {

  /**
   * Handles events.
   *
   * @param events one or more, in the order of their positions
   * @throws Exception if any of them failed; they are then delivered again, in the end one by one
   */
  void handle(List<RecordedEvent<E>> events) throws Exception;
}
