package dev.daybook.stream;

import dev.daybook.error.DaybookException;

/**
 * A stream can't be moved to where it should go: there is something else under its name, or
 * somebody has changed it meanwhile. No event was lost on either side.
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
