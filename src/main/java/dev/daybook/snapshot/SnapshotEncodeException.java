package dev.daybook.snapshot;

import dev.daybook.error.DaybookException;
import java.util.Objects;

/** A state can't be written as JSON. Nothing was written. */
public final class SnapshotEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 1_000;

  public SnapshotEncodeException(String streamId, Throwable cause) {
    super(
        "the state of stream \"%s\" can't be encoded: %s".formatted(streamId, shortened(cause)),
        cause);
  }

  /** The path to a value in an object that contains itself has thousands of steps. */
  private static String shortened(Throwable cause) {
    String whole = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + "…";
  }
}
