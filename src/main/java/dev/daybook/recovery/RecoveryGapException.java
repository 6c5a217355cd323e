package dev.daybook.recovery;

import dev.daybook.error.DaybookException;

/**
 * A stream's state can't be recovered: events that it needs were deleted, and no usable snapshot
 * contains them.
 */
public final class RecoveryGapException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public RecoveryGapException(String streamId, long from, long to) {
    super(
        "stream \"%s\": events %s to %s were deleted, and no usable snapshot contains them"
            .formatted(streamId, from, to));
  }
}
