package dev.daybook.journal;

import dev.daybook.error.DaybookException;

/**
 * A stream's high-water mark can't be raised as asked: the stream has events, after which a gap
 * would begin, or the mark would be lowered. Nothing was written.
 */
public final class HighWaterMarkException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public HighWaterMarkException(String streamId, String problem) {
    super("stream \"%s\": %s".formatted(streamId, problem));
  }
}
