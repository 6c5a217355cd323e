package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.Set;

/**
 * Events across all streams, in the order of their positions. Its filters hold together: an event
 * is read if it passes each of them.
 *
 * <p>A query with {@code allOf} or {@code anyOf} tags costs what the events with those tags cost; a
 * filter by type, {@code noneOf} or stream prefix alone walks the journal from {@code after} on.
 *
 * @param after only events behind this position; 0 for all
 * @param limit how many to read at the most
 * @param types only events of these types; empty for all
 * @param allOf only events with each of these tags
 * @param anyOf only events with at least one of these tags; empty for all
 * @param noneOf no event with one of these tags
 * @param streamPrefix only events of streams whose id starts with this, taken literally; empty for
 *     all
 */
public record JournalQuery(
    long after,
    long limit,
    Set<String> types,
    Set<String> allOf,
    Set<String> anyOf,
    Set<String> noneOf,
    String streamPrefix)
    implements EventQuery {

  /**
   * @throws dev.daybook.error.InvalidInputException if a number is negative, a name or the prefix
   *     is none, or a filter has more than {@link Limits#MAX_TAGS} names
   */
  public JournalQuery {
    InputRules.requireNotNegative("after", after);
    InputRules.requireNotNegative("limit", limit);
    types = Filters.names("event type", types);
    allOf = Filters.names("tag", allOf);
    anyOf = Filters.names("tag", anyOf);
    noneOf = Filters.names("tag", noneOf);
    InputRules.requireText("stream prefix", streamPrefix);
  }

  public JournalQuery after(long position) {
    return new JournalQuery(position, limit, types, allOf, anyOf, noneOf, streamPrefix);
  }

  public JournalQuery limit(long most) {
    return new JournalQuery(after, most, types, allOf, anyOf, noneOf, streamPrefix);
  }

  /** Only events stored under one of these type names; see {@link EventTypes#namesOf}. */
  public JournalQuery ofTypes(String... names) {
    return ofTypes(Filters.set(names));
  }

  /** {@link #ofTypes(String...)} of what {@link EventTypes#namesOf} has returned. */
  public JournalQuery ofTypes(Set<String> names) {
    return new JournalQuery(after, limit, names, allOf, anyOf, noneOf, streamPrefix);
  }

  /** Only events with each of these tags. */
  public JournalQuery taggedAllOf(String... tags) {
    return new JournalQuery(after, limit, types, Filters.set(tags), anyOf, noneOf, streamPrefix);
  }

  /** Only events with at least one of these tags. */
  public JournalQuery taggedAnyOf(String... tags) {
    return new JournalQuery(after, limit, types, allOf, Filters.set(tags), noneOf, streamPrefix);
  }

  /** No event with one of these tags. */
  public JournalQuery taggedNoneOf(String... tags) {
    return new JournalQuery(after, limit, types, allOf, anyOf, Filters.set(tags), streamPrefix);
  }

  /** Only events of streams whose id starts with this. */
  public JournalQuery inStreams(String prefix) {
    return new JournalQuery(after, limit, types, allOf, anyOf, noneOf, prefix);
  }

  @Override
  public JournalQuery unbounded() {
    return after(0).limit(UNLIMITED);
  }
}
