package dev.daybook.journal;

import java.time.Instant;
import java.util.Set;

/**
 * Which events to read: those of one stream, or those of the whole journal. Queries are immutable;
 * each refinement returns another one. Filters hold together: an event is read if it passes each of
 * them.
 */
public sealed interface EventQuery permits StreamQuery, JournalQuery {

  /** The limit of a query that has none. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * All events of a stream, in the order of their sequence numbers.
   *
   * @throws dev.daybook.error.InvalidInputException if the stream id is not a valid name
   */
  static StreamQuery stream(String streamId) {
    return StreamQuery.of(streamId);
  }

  /** All events of the journal, in the order of their positions. */
  static JournalQuery all() {
    return JournalQuery.ALL;
  }

  /** The same events in the opposite order: the one that was appended last comes first. */
  EventQuery newestFirst();

  /**
   * At most this many events.
   *
   * @throws dev.daybook.error.InvalidInputException if it is negative
   */
  EventQuery limit(long most);

  /** How many events to read at the most; {@link #UNLIMITED} by default. */
  long limit();

  /**
   * Only events stored under one of these type names; see {@link EventTypes#namesOf}.
   *
   * @throws dev.daybook.error.InvalidInputException if none is given, there are more than {@link
   *     dev.daybook.settings.Limits#MAX_TAGS}, or one is not a valid name
   */
  EventQuery ofTypes(String... names);

  /** {@link #ofTypes(String...)} of what {@link EventTypes#namesOf} has returned. */
  EventQuery ofTypes(Set<String> names);

  /**
   * Only events recorded at this time or later. Times are those of the events, which need not
   * ascend with their positions, and no index has them: the query reads each event between its
   * other bounds.
   *
   * @throws dev.daybook.error.InvalidInputException if the time is outside the range of epoch
   *     milliseconds
   */
  EventQuery recordedFrom(Instant time);

  /**
   * Only events recorded before this time; see {@link #recordedFrom}.
   *
   * @throws dev.daybook.error.InvalidInputException if the time is outside the range of epoch
   *     milliseconds
   */
  EventQuery recordedBefore(Instant time);
}
