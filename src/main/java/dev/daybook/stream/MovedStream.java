package dev.daybook.stream;

/**
 * A stream that was moved, as it is in its new store.
 *
 * @param streamId the stream
 * @param lastSeq its high-water mark
 * @param events how many events it has
 * @param contentHash the SHA-256 in hexadecimal digits over all that its events hold, but for their
 *     positions; the same in every store that has the same events
 */
public record MovedStream(String streamId, long lastSeq, long events, String contentHash) {}
