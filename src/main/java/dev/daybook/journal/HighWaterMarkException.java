package dev.daybook.journal;

import dev.daybook.error.DaybookException;

/**
 * A stream's high-water mark can't be raised as asked: it has events, behind which a hole would
 * open, or the mark would rewind. Nothing was written.
 */
public final class HighWaterMarkException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public HighWaterMarkException(String streamId, String problem) {
    super("stream \"%s\": %s".formatted(streamId, problem));
  }
}
