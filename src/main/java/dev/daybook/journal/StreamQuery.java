package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.Filters.TimeRange;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Events of one stream, in the order of their sequence numbers. Bounds are inclusive. A range
 * without events, or of a stream that does not exist, reads nothing.
 */
public final class StreamQuery implements EventQuery {

  private final String streamId;
  private final long from;
  private final long to;
  private final long limit;
  private final boolean newestFirst;
  private final Set<String> types;
  private final TimeRange times;

  private StreamQuery(
      String streamId,
      long from,
      long to,
      long limit,
      boolean newestFirst,
      Set<String> types,
      TimeRange times) {
    this.streamId = streamId;
    this.from = from;
    this.to = to;
    this.limit = limit;
    this.newestFirst = newestFirst;
    this.types = types;
    this.times = times;
  }

  static StreamQuery of(String streamId) {
    return new StreamQuery(
        InputRules.requireName("stream id", streamId),
        1,
        Long.MAX_VALUE,
        UNLIMITED,
        false,
        Set.of(),
        TimeRange.ALL);
  }

  /**
   * Only events from this sequence number on.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  public StreamQuery from(long seq) {
    InputRules.requireNotNegative("from", seq);
    return new StreamQuery(streamId, seq, to, limit, newestFirst, types, times);
  }

  /**
   * Only events up to this sequence number.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  public StreamQuery to(long seq) {
    InputRules.requireNotNegative("to", seq);
    return new StreamQuery(streamId, from, seq, limit, newestFirst, types, times);
  }

  @Override
  public StreamQuery limit(long most) {
    InputRules.requireNotNegative("limit", most);
    return new StreamQuery(streamId, from, to, most, newestFirst, types, times);
  }

  @Override
  public StreamQuery newestFirst() {
    return new StreamQuery(streamId, from, to, limit, true, types, times);
  }

  @Override
  public StreamQuery ofTypes(String... names) {
    return withTypes(Filters.names("event type", names));
  }

  @Override
  public StreamQuery ofTypes(Set<String> names) {
    return withTypes(Filters.names("event type", names));
  }

  @Override
  public StreamQuery recordedFrom(Instant time) {
    return withTimes(times.from(time));
  }

  @Override
  public StreamQuery recordedBefore(Instant time) {
    return withTimes(times.before(time));
  }

  /** The stream. */
  public String streamId() {
    return streamId;
  }

  /** The lowest sequence number to read; 1 by default. */
  public long from() {
    return from;
  }

  /** The highest sequence number to read; {@link Long#MAX_VALUE} by default. */
  public long to() {
    return to;
  }

  @Override
  public long limit() {
    return limit;
  }

  /** Whether the highest sequence number comes first. */
  public boolean isNewestFirst() {
    return newestFirst;
  }

  /** The type names to read; empty for all. */
  public Set<String> types() {
    return types;
  }

  /** The earliest recorded time to read. */
  public Optional<Instant> recordedFrom() {
    return Optional.ofNullable(times.from());
  }

  /** The recorded time before which events are read. */
  public Optional<Instant> recordedBefore() {
    return Optional.ofNullable(times.before());
  }

  private StreamQuery withTypes(Set<String> names) {
    return new StreamQuery(streamId, from, to, limit, newestFirst, names, times);
  }

  private StreamQuery withTimes(TimeRange range) {
    return new StreamQuery(streamId, from, to, limit, newestFirst, types, range);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamQuery query
        && streamId.equals(query.streamId)
        && from == query.from
        && to == query.to
        && limit == query.limit
        && newestFirst == query.newestFirst
        && types.equals(query.types)
        && times.equals(query.times);
  }

  @Override
  public int hashCode() {
    return Objects.hash(streamId, from, to, limit, newestFirst, types, times);
  }

  @Override
  public String toString() {
    return "StreamQuery[streamId=%s, from=%s, to=%s, limit=%s, newestFirst=%s, types=%s, %s]"
        .formatted(streamId, from, to, limit, newestFirst, types, times);
  }
}
