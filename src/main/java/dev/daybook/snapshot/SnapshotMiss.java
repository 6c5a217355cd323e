package dev.daybook.snapshot;

/**
 * A snapshot that could not be used, so that an older one or the events were used instead; or one
 * that a recovery could not save.
 *
 * @param streamId the stream
 * @param seq the snapshot's sequence number
 * @param reason why it could not be used or saved
 */
public record SnapshotMiss(String streamId, long seq, String reason) {}
