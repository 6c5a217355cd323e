package dev.daybook.journal;

import java.time.Instant;

/** The stream is tombstoned: it takes no appends and is not read until it is restored. */
public final class StreamTombstonedException extends StreamStateException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  public StreamTombstonedException(String streamId, String reason, Instant since) {
    super(streamId, since, "was tombstoned at %s: %s".formatted(since, reason));
    this.reason = reason;
  }

  /** Why it was tombstoned. */
  public String reason() {
    return reason;
  }
}
