package dev.daybook.recovery;

import java.util.List;

/**
 * Decides what happens to a stream in its present state; see {@link Recovery#execute(String,
 * Decision)}.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Decision<S, E, X extends Exception> {

  /**
   * Called once for each attempt, on the thread that executes it. It depends on the state alone: if
   * another writer appends first, its events are dropped, and it is asked again about the new
   * state. It must not change the state. What it throws ends the execution, and nothing is written.
   *
   * @param state the state of the stream
   * @return the events to append, in order; none to append nothing
   */
  List<? extends E> decide(S state) throws X;
}
