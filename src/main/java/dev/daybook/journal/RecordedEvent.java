package dev.daybook.journal;

import java.time.Instant;
import java.util.List;

/**
 * An event as the journal has it.
 *
 * @param streamId the stream it belongs to
 * @param seq its number in the stream, from 1 without holes
 * @param position its place in the whole journal, strictly increasing in the order of visibility
 * @param type the type name that it is stored under, whatever its class is called now
 * @param tags its tags, in the order given at the append
 * @param metadata its metadata
 * @param time when it was recorded, to the millisecond
 * @param data the event itself
 */
public record RecordedEvent<E>(
    String streamId,
    long seq,
    long position,
    String type,
    List<String> tags,
    Metadata metadata,
    Instant time,
    E data) {}
