package dev.daybook.journal;

/** Where a stream is in its life; {@code dev.daybook.stream.Streams} moves it on. */
public enum StreamState {
  /** It takes appends and is read. */
  ACTIVE,

  /** It is read, and takes no appends. Its events may have been moved to another store. */
  ARCHIVED,

  /** It takes no appends and is not read, for a reason that was given; it can be restored. */
  TOMBSTONED,

  /** Its events are gone for good, and its name is taken for good. */
  DELETED,

  /** Nothing was ever appended to it. */
  UNKNOWN
}
