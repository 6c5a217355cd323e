package dev.daybook.journal;

import java.time.Instant;

/**
 * The stream is archived: it takes no appends, and no deletes either, until it is restored. If its
 * events were moved to another store, it can't be read here either.
 */
public final class StreamArchivedException extends StreamStateException {

  private static final long serialVersionUID = 1L;

  private final boolean moved;

  public StreamArchivedException(String streamId, Instant since, boolean moved) {
    super(
        streamId,
        since,
        moved
            ? "was archived at %s and its events were moved to another store; restore it from there first"
                .formatted(since)
            : "was archived at %s; restore it first".formatted(since));
    this.moved = moved;
  }

  /** Whether its events are in another store. */
  public boolean moved() {
    return moved;
  }
}
