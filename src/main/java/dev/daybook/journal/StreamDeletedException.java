package dev.daybook.journal;

import java.time.Instant;

/** The stream was deleted permanently, and its name can't be used again. */
public final class StreamDeletedException extends StreamStateException {

  private static final long serialVersionUID = 1L;

  public StreamDeletedException(String streamId, Instant since) {
    super(streamId, since, "was deleted at %s; its name can't be used again".formatted(since));
  }
}
