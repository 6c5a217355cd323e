package dev.daybook.maintenance;

import dev.daybook.meta.Internal;

/**
 * How many of the positions that were given have no event. No reader waits for these, and nothing
 * is lost by them.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface PositionGaps {

  /** The highest position that was ever given; 0 if none was. */
  long highestGiven();

  /** How many events there are. */
  long events();

  /**
   * From how many streams events were deleted, or moved to another store. Their positions are
   * missing.
   */
  long streamsWithDeletions();

  /**
   * How many positions have no event: it was deleted or moved, its transaction was rolled back, or
   * is not committed yet.
   */
  default long missing() {
    return Math.max(0, highestGiven() - events());
  }

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record PositionGapsValues(long highestGiven, long events, long streamsWithDeletions)
      implements PositionGaps {}
}
