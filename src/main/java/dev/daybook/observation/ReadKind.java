package dev.daybook.observation;

/** Which events are read, and how. */
public enum ReadKind {
  /** The events of one stream, as a list. */
  STREAM,
  /** Events across streams, as a list. */
  JOURNAL,
  /**
   * Events one by one, as a {@code java.util.stream.Stream}: from its opening to its close, by
   * whatever thread, with all that the reader does in between.
   */
  CURSOR,
  /** The number of events. */
  COUNT,
  /** A page of events for a subscription or a live query. */
  PAGE
}
