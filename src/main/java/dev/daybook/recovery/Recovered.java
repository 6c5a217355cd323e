package dev.daybook.recovery;

import dev.daybook.meta.Internal;
import java.util.OptionalLong;

/**
 * A recovered state.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface Recovered<S> {

  /** The stream. */
  String streamId();

  /** Its state. */
  S state();

  /** The sequence number of the last event in it; 0 for a stream that never had one. */
  long seq();

  /** The sequence number of the snapshot that it began with, if it used one. */
  OptionalLong snapshotSeq();

  /** How many events after that were folded in. */
  long replayed();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("the recovery makes it")
  record RecoveredValues<S>(
      String streamId, S state, long seq, OptionalLong snapshotSeq, long replayed)
      implements Recovered<S> {}
}
