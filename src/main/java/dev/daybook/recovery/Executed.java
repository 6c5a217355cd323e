package dev.daybook.recovery;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.meta.Internal;
import java.util.List;

/**
 * What became of a decision.
 *
 * <p>Made by Daybook only; later versions may add methods.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
public sealed interface Executed<S, E> {

  /** The stream. */
  String streamId();

  /**
   * The events as they were recorded, in order: what the decision returned, or, if it is repeated,
   * what is recorded under its idempotency key. Empty if the decision returned nothing.
   * Unmodifiable.
   */
  List<RecordedEvent<E>> events();

  /** Whether the idempotency key was seen before. Then nothing was written. */
  boolean isRepeated();

  /**
   * The state of the stream after the events. If it is repeated, the state at the time of this
   * call, in which later events may be, too.
   */
  S state();

  /** The sequence number of the last event in the state; 0 for a stream that never had one. */
  long seq();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("the recovery makes it")
  record ExecutedValues<S, E>(
      String streamId, List<RecordedEvent<E>> events, boolean isRepeated, S state, long seq)
      implements Executed<S, E> {}
}
