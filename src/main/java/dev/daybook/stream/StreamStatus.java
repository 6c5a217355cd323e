package dev.daybook.stream;

import dev.daybook.journal.StreamState;
import dev.daybook.meta.Internal;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a stream.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface StreamStatus {

  /** The stream. */
  String streamId();

  /** Its state. */
  StreamState state();

  /** The highest sequence number ever given; 0 for an unknown stream. */
  long lastSeq();

  /** The highest sequence number whose event was deleted or moved; 0 if none was. */
  long deletedTo();

  /** Whether it is archived and its events were moved to another store. */
  boolean moved();

  /** Why it was tombstoned, if it is and that was said. */
  Optional<String> reason();

  /** When its state was last changed, to the millisecond; empty if it never was. */
  Optional<Instant> changedAt();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("stream.internal makes it")
  record StreamStatusValues(
      String streamId,
      StreamState state,
      long lastSeq,
      long deletedTo,
      boolean moved,
      Optional<String> reason,
      Optional<Instant> changedAt)
      implements StreamStatus {}
}
