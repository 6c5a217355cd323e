package dev.daybook.journal;

import dev.daybook.error.DaybookException;
import java.time.Instant;

/** A stream is in a state in which it can't be read or written as asked. Nothing was written. */
public abstract sealed class StreamStateException extends DaybookException
    permits StreamArchivedException, StreamTombstonedException, StreamDeletedException {

  private static final long serialVersionUID = 1L;

  private final String streamId;
  private final Instant since;

  StreamStateException(String streamId, Instant since, String message) {
    super("stream \"%s\" %s".formatted(streamId, message));
    this.streamId = streamId;
    this.since = since;
  }

  public String streamId() {
    return streamId;
  }

  /** When it was archived, tombstoned or deleted, to the millisecond. */
  public Instant since() {
    return since;
  }
}
