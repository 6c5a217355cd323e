package dev.daybook.journal;

import java.util.Set;

/**
 * Which events to read: those of one stream, or those of the whole journal. Queries are immutable;
 * each refinement returns another one.
 */
public sealed interface EventQuery permits StreamQuery, JournalQuery {

  /** The limit of a query that has none. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * All events of a stream, in the order of their sequence numbers.
   *
   * @throws dev.daybook.error.InvalidInputException if the stream id is no name
   */
  static StreamQuery stream(String streamId) {
    return new StreamQuery(streamId, 1, Long.MAX_VALUE, false, UNLIMITED, Set.of());
  }

  /** All events of the journal, in the order of their positions. */
  static JournalQuery all() {
    return new JournalQuery(0, UNLIMITED, Set.of(), Set.of(), Set.of(), Set.of(), "");
  }

  /** The same filters without bounds and limit, in the order in which events were appended. */
  EventQuery unbounded();
}
