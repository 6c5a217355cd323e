package dev.daybook.query;

import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;

/**
 * Queries that end with what is there now, and queries that go on with what comes. Nothing of where
 * a reader is outlives it: for that there are {@link dev.daybook.subscription.Subscriptions}.
 *
 * @param <E> the type of the events
 */
public interface Queries<E> {

  /**
   * The events that there are: {@link dev.daybook.journal.Journal#stream} as a feed.
   *
   * @param query events of a stream, of all streams, with tags; with any bounds
   */
  Feed<RecordedEvent<E>> currentEvents(EventQuery query);

  /**
   * The events that there are, and then those that come, also from other processes: each once, in
   * the order of positions, as soon as it is committed. One that was deleted after it was read and
   * before it is handed out is left out, as {@link dev.daybook.journal.Journal#delete} says.
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
   * The ids of the streams that there are, in order, and then those of new streams, each with its
   * first event. The id of a stream that has no events yet, or whose events were all deleted, or
   * archived and restored, can come again.
   */
  Feed<String> liveStreamIds(String prefix);
}
