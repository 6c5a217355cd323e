package dev.daybook.snapshot;

import java.time.Instant;

/**
 * A stream's state at a sequence number.
 *
 * @param streamId the stream
 * @param seq the sequence number of the last event that is folded into the state
 * @param schemaVersion the version of the state's own schema
 * @param time when it was saved, to the millisecond
 * @param state the state
 */
public record Snapshot<S>(String streamId, long seq, int schemaVersion, Instant time, S state) {}
