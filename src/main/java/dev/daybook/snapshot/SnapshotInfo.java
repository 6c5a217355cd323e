package dev.daybook.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a stored snapshot without its state.
 *
 * @param streamId the stream
 * @param seq the sequence number of the last event that is folded into it
 * @param schemaVersion the version of the state's own schema
 * @param codec what wrote the state
 * @param compression the name of its compression, if it is compressed
 * @param keyId the id of its key, if it is encrypted
 * @param time when it was saved, to the millisecond
 * @param bytes how large it is in the database
 */
public record SnapshotInfo(
    String streamId,
    long seq,
    int schemaVersion,
    String codec,
    Optional<String> compression,
    Optional<String> keyId,
    Instant time,
    long bytes) {}
