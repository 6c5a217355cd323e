package dev.daybook.journal;

/** The state of a stream; {@code dev.daybook.stream.Streams} changes it. */
public enum StreamState {
  /** It takes appends and is read. */
  ACTIVE,

  /** It is read, and takes no appends. Its events may have been moved to another store. */
  ARCHIVED,

  /** It takes no appends and is not read, for a reason that was given; it can be restored. */
  TOMBSTONED,

  /** Its events are deleted permanently, and its name can't be used again. */
  DELETED,

  /** Nothing was ever appended to it. */
  UNKNOWN
}
