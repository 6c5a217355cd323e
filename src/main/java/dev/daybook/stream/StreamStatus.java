package dev.daybook.stream;

import dev.daybook.journal.StreamState;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a stream is in its life.
 *
 * @param streamId the stream
 * @param state its state
 * @param lastSeq the highest sequence number ever given; 0 for an unknown stream
 * @param deletedTo the highest sequence number whose event is no longer here; 0 if all are
 * @param moved whether it is archived and its events were moved to another store
 * @param reason why it was tombstoned, if it is
 * @param changedAt when its state was last changed, to the millisecond; empty if it never was
 */
public record StreamStatus(
    String streamId,
    StreamState state,
    long lastSeq,
    long deletedTo,
    boolean moved,
    Optional<String> reason,
    Optional<Instant> changedAt) {}
