package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.Filters.TimeRange;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Events across all streams, in the order of their positions.
 *
 * <p>A query with {@link #taggedAllOf} or {@link #taggedAnyOf} costs what the events with those
 * tags cost. A filter by type, time, stream prefix or {@link #taggedNoneOf} alone walks the journal
 * between {@link #after} and {@link #upTo}.
 */
public final class JournalQuery implements EventQuery {

  static final JournalQuery ALL =
      new JournalQuery(0, Long.MAX_VALUE, UNLIMITED, false, Set.of(), Tags.NONE, "", TimeRange.ALL);

  /**
   * Which tags an event must have: each of {@code allOf}, one of {@code anyOf} unless that is
   * empty, and none of {@code noneOf}.
   */
  private record Tags(Set<String> allOf, Set<String> anyOf, Set<String> noneOf) {

    static final Tags NONE = new Tags(Set.of(), Set.of(), Set.of());
  }

  private final long after;
  private final long upTo;
  private final long limit;
  private final boolean newestFirst;
  private final Set<String> types;
  private final Tags tags;
  private final String streamPrefix;
  private final TimeRange times;

  private JournalQuery(
      long after,
      long upTo,
      long limit,
      boolean newestFirst,
      Set<String> types,
      Tags tags,
      String streamPrefix,
      TimeRange times) {
    this.after = after;
    this.upTo = upTo;
    this.limit = limit;
    this.newestFirst = newestFirst;
    this.types = types;
    this.tags = tags;
    this.streamPrefix = streamPrefix;
    this.times = times;
  }

  /**
   * Only events after this position; 0 for all.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  public JournalQuery after(long position) {
    InputRules.requireNotNegative("after", position);
    return new JournalQuery(position, upTo, limit, newestFirst, types, tags, streamPrefix, times);
  }

  /**
   * Only events up to this position, and the one at it.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  public JournalQuery upTo(long position) {
    InputRules.requireNotNegative("up to", position);
    return new JournalQuery(after, position, limit, newestFirst, types, tags, streamPrefix, times);
  }

  @Override
  public JournalQuery limit(long most) {
    InputRules.requireNotNegative("limit", most);
    return new JournalQuery(after, upTo, most, newestFirst, types, tags, streamPrefix, times);
  }

  @Override
  public JournalQuery newestFirst() {
    return new JournalQuery(after, upTo, limit, true, types, tags, streamPrefix, times);
  }

  @Override
  public JournalQuery ofTypes(String... names) {
    return withTypes(Filters.names("event type", names));
  }

  @Override
  public JournalQuery ofTypes(Set<String> names) {
    return withTypes(Filters.names("event type", names));
  }

  /**
   * Only events with each of these tags.
   *
   * @throws dev.daybook.error.InvalidInputException if none is given, there are more than {@link
   *     Limits#MAX_TAGS}, or one is not a valid name
   */
  public JournalQuery taggedAllOf(String... allOf) {
    return withTags(new Tags(Filters.names("tag", allOf), tags.anyOf(), tags.noneOf()));
  }

  /**
   * Only events with at least one of these tags.
   *
   * @throws dev.daybook.error.InvalidInputException as {@link #taggedAllOf}
   */
  public JournalQuery taggedAnyOf(String... anyOf) {
    return withTags(new Tags(tags.allOf(), Filters.names("tag", anyOf), tags.noneOf()));
  }

  /**
   * No event with one of these tags. An empty list excludes no event.
   *
   * @throws dev.daybook.error.InvalidInputException if there are more than {@link Limits#MAX_TAGS},
   *     or one is not a valid name
   */
  public JournalQuery taggedNoneOf(String... noneOf) {
    return withTags(new Tags(tags.allOf(), tags.anyOf(), Filters.anyNames("tag", noneOf)));
  }

  /**
   * Only events of streams whose id starts with this, taken literally; empty for all.
   *
   * @throws dev.daybook.error.InvalidInputException if no id can start with it
   */
  public JournalQuery inStreams(String prefix) {
    InputRules.requireText("stream prefix", prefix);
    return new JournalQuery(after, upTo, limit, newestFirst, types, tags, prefix, times);
  }

  @Override
  public JournalQuery recordedFrom(Instant time) {
    return withTimes(times.from(time));
  }

  @Override
  public JournalQuery recordedBefore(Instant time) {
    return withTimes(times.before(time));
  }

  /** The position after which events are read. */
  public long after() {
    return after;
  }

  /** The highest position to read; {@link Long#MAX_VALUE} by default. */
  public long upTo() {
    return upTo;
  }

  @Override
  public long limit() {
    return limit;
  }

  /** Whether the highest position comes first. */
  public boolean isNewestFirst() {
    return newestFirst;
  }

  /** The type names to read; empty for all. */
  public Set<String> types() {
    return types;
  }

  /** The tags of which an event must have each; empty for no such filter. */
  public Set<String> allOf() {
    return tags.allOf();
  }

  /** The tags of which an event must have one; empty for no such filter. */
  public Set<String> anyOf() {
    return tags.anyOf();
  }

  /** The tags of which an event must have none. */
  public Set<String> noneOf() {
    return tags.noneOf();
  }

  /** What the ids of the streams start with; empty for all. */
  public String streamPrefix() {
    return streamPrefix;
  }

  /** The earliest recorded time to read. */
  public Optional<Instant> recordedFrom() {
    return Optional.ofNullable(times.from());
  }

  /** The recorded time before which events are read. */
  public Optional<Instant> recordedBefore() {
    return Optional.ofNullable(times.before());
  }

  private JournalQuery withTypes(Set<String> names) {
    return new JournalQuery(after, upTo, limit, newestFirst, names, tags, streamPrefix, times);
  }

  private JournalQuery withTags(Tags filter) {
    return new JournalQuery(after, upTo, limit, newestFirst, types, filter, streamPrefix, times);
  }

  private JournalQuery withTimes(TimeRange range) {
    return new JournalQuery(after, upTo, limit, newestFirst, types, tags, streamPrefix, range);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JournalQuery query
        && after == query.after
        && upTo == query.upTo
        && limit == query.limit
        && newestFirst == query.newestFirst
        && types.equals(query.types)
        && tags.equals(query.tags)
        && streamPrefix.equals(query.streamPrefix)
        && times.equals(query.times);
  }

  @Override
  public int hashCode() {
    return Objects.hash(after, upTo, limit, newestFirst, types, tags, streamPrefix, times);
  }

  @Override
  public String toString() {
    return "JournalQuery[after=%s, upTo=%s, limit=%s, newestFirst=%s, types=%s, %s, streamPrefix=%s, %s]"
        .formatted(after, upTo, limit, newestFirst, types, tags, streamPrefix, times);
  }
}
