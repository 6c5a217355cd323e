package dev.daybook.recovery;

import java.util.OptionalLong;

/**
 * A recovered state.
 *
 * @param streamId the stream
 * @param state its state
 * @param seq the sequence number of the last event in it; 0 for a stream that never had one
 * @param snapshotSeq the sequence number of the snapshot that it began with, if there was one
 * @param replayed how many events were folded in behind that
 */
public record Recovered<S>(
    String streamId, S state, long seq, OptionalLong snapshotSeq, long replayed) {}
