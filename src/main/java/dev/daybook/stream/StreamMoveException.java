package dev.daybook.stream;

import dev.daybook.error.DaybookException;

/**
 * A stream can't be moved to where it should go: the target has other events under its id, or the
 * stream was changed meanwhile. No event was lost in either store.
 */
public final class StreamMoveException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String streamId;

  public StreamMoveException(String streamId, String problem) {
    super("stream \"%s\" was not moved: %s".formatted(streamId, problem));
    this.streamId = streamId;
  }

  public String streamId() {
    return streamId;
  }
}
