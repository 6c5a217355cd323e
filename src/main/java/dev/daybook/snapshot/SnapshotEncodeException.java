package dev.daybook.snapshot;

import dev.daybook.error.DaybookException;
import org.jspecify.annotations.Nullable;

/** A state can't be written as JSON. Nothing was written. */
public final class SnapshotEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 1_000;

  public SnapshotEncodeException(String streamId, Throwable cause) {
    super(
        "the state of stream \"%s\" can't be encoded: %s"
            .formatted(streamId, shortened(cause.getMessage())),
        cause);
  }

  /** The path to a value in an object that contains itself has thousands of steps. */
  private static String shortened(@Nullable String message) {
    String whole = String.valueOf(message);
    return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + "…";
  }
}
