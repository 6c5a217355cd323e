package dev.daybook.journal;

/**
 * Events of one stream that have been committed, as a listener receives them.
 *
 * @param streamId the stream
 * @param firstSeq the first event's sequence number
 * @param lastSeq the last event's sequence number
 * @param firstPosition the first event's position in the journal
 * @param lastPosition the last event's position in the journal
 */
public record Appended(
    String streamId, long firstSeq, long lastSeq, long firstPosition, long lastPosition) {}
