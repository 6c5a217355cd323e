package dev.daybook.snapshot;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.callback.Callbacks;

/** A state can't be written as JSON. Nothing was written. */
public final class SnapshotEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public SnapshotEncodeException(String streamId, Throwable cause) {
    super(
        "the state of stream \"%s\" can't be encoded: %s"
            .formatted(streamId, Callbacks.message(cause)),
        cause);
  }
}
