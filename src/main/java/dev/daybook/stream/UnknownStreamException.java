package dev.daybook.stream;

import dev.daybook.error.DaybookException;

/** The stream is unknown, or was deleted. Nothing was written. */
public final class UnknownStreamException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String streamId;

  public UnknownStreamException(String streamId, String problem) {
    super("stream \"%s\" %s".formatted(streamId, problem));
    this.streamId = streamId;
  }

  public String streamId() {
    return streamId;
  }
}
