package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.Set;

/**
 * Events of one stream. Bounds are inclusive; a range without events, or of a stream that does not
 * exist, reads nothing.
 *
 * @param streamId the stream
 * @param from the lowest sequence number to read
 * @param to the highest sequence number to read
 * @param backwards whether the highest comes first
 * @param limit how many to read at the most
 * @param types only events of these types; empty for all
 */
public record StreamQuery(
    String streamId, long from, long to, boolean backwards, long limit, Set<String> types)
    implements EventQuery {

  /**
   * @throws dev.daybook.error.InvalidInputException if a number is negative, a name is none, or
   *     there are more than {@link Limits#MAX_TAGS} types
   */
  public StreamQuery {
    InputRules.requireName("stream id", streamId);
    InputRules.requireNotNegative("from", from);
    InputRules.requireNotNegative("to", to);
    InputRules.requireNotNegative("limit", limit);
    types = Filters.names("event type", types);
  }

  public StreamQuery from(long seq) {
    return new StreamQuery(streamId, seq, to, backwards, limit, types);
  }

  public StreamQuery to(long seq) {
    return new StreamQuery(streamId, from, seq, backwards, limit, types);
  }

  /** The same events, the highest sequence number first. */
  public StreamQuery reversed() {
    return new StreamQuery(streamId, from, to, !backwards, limit, types);
  }

  public StreamQuery limit(long most) {
    return new StreamQuery(streamId, from, to, backwards, most, types);
  }

  /** Only events stored under one of these type names; see {@link EventTypes#namesOf}. */
  public StreamQuery ofTypes(String... names) {
    return ofTypes(Filters.set(names));
  }

  /** {@link #ofTypes(String...)} of what {@link EventTypes#namesOf} has returned. */
  public StreamQuery ofTypes(Set<String> names) {
    return new StreamQuery(streamId, from, to, backwards, limit, names);
  }

  @Override
  public StreamQuery unbounded() {
    return new StreamQuery(streamId, 1, Long.MAX_VALUE, false, UNLIMITED, types);
  }
}
