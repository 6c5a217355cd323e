package dev.daybook.query;

import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;

/**
 * Current queries, which end with the last event that exists, and live queries, which continue with
 * new events. The position of a reader is not stored: for that use {@link
 * dev.daybook.subscription.Subscriptions}.
 *
 * @param <E> the type of the events
 */
public interface Queries<E> {

  /**
   * The existing events: {@link dev.daybook.journal.Journal#stream} as a feed.
   *
   * @param query events of a stream, of all streams, with tags; with any bounds
   */
  Feed<RecordedEvent<E>> currentEvents(EventQuery query);

  /**
   * The existing events, and then new ones, also those of other processes: each once, in the order
   * of positions, as soon as it is committed. An event that was deleted after it was read and
   * before it is delivered is skipped, as {@link dev.daybook.journal.Journal#delete} says.
   *
   * @param query as before, but without a limit or an upper bound, and not backwards
   * @throws dev.daybook.error.InvalidInputException if it has one
   */
  Feed<RecordedEvent<E>> liveEvents(EventQuery query);

  /**
   * The ids of the streams that start with a prefix, in order: {@link
   * dev.daybook.journal.Journal#streamIds(String)} as a feed.
   */
  Feed<String> currentStreamIds(String prefix);

  /**
   * The ids of the existing streams, in order, and then those of new streams, each with its first
   * event. The id of a stream that has no events yet, or whose events were all deleted, or archived
   * and restored, can be delivered again.
   */
  Feed<String> liveStreamIds(String prefix);
}
