package dev.daybook.checkpoint;

import java.time.Instant;

/**
 * The position of a consumer.
 *
 * @param consumer the consumer's name
 * @param position the last position that it has processed; 0 for none
 * @param updatedAt when that was saved, to the millisecond
 */
public record Checkpoint(String consumer, long position, Instant updatedAt) {}
