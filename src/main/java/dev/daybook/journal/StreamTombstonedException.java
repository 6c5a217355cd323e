package dev.daybook.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stream is tombstoned: it takes no appends and is not read until it is restored. */
public final class StreamTombstonedException extends StreamStateException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String reason;

  public StreamTombstonedException(String streamId, @Nullable String reason, Instant since) {
    super(
        streamId,
        since,
        reason == null
            ? "was tombstoned at %s, without a reason".formatted(since)
            : "was tombstoned at %s: %s".formatted(since, reason));
    this.reason = reason;
  }

  /** Why it was tombstoned; empty if that was not said. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
